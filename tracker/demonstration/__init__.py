"""Invented offices to try the program on: one file a demonstration, and this tuple of them all.

Nothing here opens a file of records; `tracker.operations.demonstration` writes what these make.
"""

from tracker.demonstration.huairou_2020 import HUAIROU_2020
from tracker.demonstration.office import Demonstration

DEMONSTRATIONS: tuple[Demonstration, ...] = (HUAIROU_2020,)

BY_NAME = {demonstration.name: demonstration for demonstration in DEMONSTRATIONS}
