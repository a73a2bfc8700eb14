"""Invented offices to try the program on: one file a demonstration, and this tuple of their names.

Nothing here opens a file of records; `tracker.operations.demonstration` writes what these make.
"""

from importlib import import_module

from tracker.demonstration.office import Demonstration

NAMES = ("huairou-2020", "yuhang-2023", "baoan-2023", "ezhou-2016", "shanghai-2020")
"""`huairou-2020` is DEMONSTRATION in huairou_2020.py, read only when asked for: most commands need none."""


def named(name: str) -> Demonstration:
    """The demonstration of a name in NAMES."""
    found = import_module(f"tracker.demonstration.{name.replace('-', '_')}").DEMONSTRATION
    assert isinstance(found, Demonstration)
    return found
