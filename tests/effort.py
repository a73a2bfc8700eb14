"""How often tests at random try: few times each, so that all of them end in minutes, and as often as TRIES says."""

from __future__ import annotations

import os


def tries(usual: int) -> int:
    """The number of tries or examples; `usual` unless the environment names another."""
    return int(os.environ.get("TRIES", usual))
