"""Which records were opened of late on this computer, of each data file."""

from __future__ import annotations

from pathlib import Path

from tracker.ui.state import State

KEPT, FILES = 20, 10
KEY = "recent_records"
"""Another than that of the files opened lately."""
Place = tuple[str, str]
"""A ledger's name and a record's uid."""


def recent(state: State, path: Path) -> list[Place]:
    """The records opened last, the latest first."""
    kept = _all(state).get(str(path), [])
    pairs = kept if isinstance(kept, list) else []
    return [(str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2]


def remember(state: State, path: Path, ledger: str, uid: str) -> None:
    """Put a record first."""
    others = [place for place in recent(state, path) if place != (ledger, uid)]
    places = [[ledger, uid], *map(list, others)][:KEPT]
    files = {name: kept for name, kept in _all(state).items() if name != str(path)}
    latest = dict(list(files.items())[-(FILES - 1) :])
    state.set(KEY, {**latest, str(path): places})


def _all(state: State) -> dict[str, object]:
    kept = state.get(KEY, {})
    return kept if isinstance(kept, dict) else {}
