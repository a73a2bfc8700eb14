"""Beginning with a data file: opening it as the clerk it names, or making a new one with the office's settings."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tracker import paths
from tracker.errors import FileProblem
from tracker.i18n import _
from tracker.operations import clerks, opening, recomputing
from tracker.operations.making import making
from tracker.operations.office import Changed, Office, save_settings, who_acts
from tracker.operations.progress import SILENT, Progress
from tracker.operations.recomputing import Told

_BUREAU = re.compile(
    r"(?:人力资源和?社会保障|劳动和?社会保障|人力资源社保|人社|劳动)局"
    r"|劳动(?:人事)?争议(?:调解)?仲裁(?:院|委|委员会)|仲裁(?:院|委)"
)
_COMMISSION = "劳动人事争议仲裁委员会"


def commission_of(office: str) -> str:
    """What the arbitration commission beside an office is usually called; empty where its name does not say of what
    place: 北京市怀柔区人力资源和社会保障局 → 北京市怀柔区劳动人事争议仲裁委员会."""
    found = _BUREAU.search(office.strip())
    place = office.strip()[: found.start()] if found else ""
    return f"{place}{_COMMISSION}" if place else ""


def open_as_set(path: Path, progress: Progress = SILENT, key: str | None = None) -> Office:
    """As `opening.to_write`, for the clerk that the environment names, else the file's own."""
    office = opening.to_write(path, key=key, progress=progress)
    settle_who(office)
    return office


def open_to_read(path: Path, why: str, key: str | None = None) -> Office:
    """As `open_as_set`, for reading only; `why` is told to who would change something. Raises FileProblem."""
    office = opening.to_read(path, key=key, why=why)
    settle_who(office)
    return office


def make_new(path: Path, values: Mapping[str, str | None]) -> Office:
    """Make a file (and its folder) with the office's settings, and open it; where one is refused, none is left."""
    path = paths.itself(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise FileProblem(
            _("The folder {path} cannot be made; choose another.").format(path=path.parent)
        ) from wrong
    with making(path) as office:
        save_settings(office, values)
    return open_as_set(path)


def change_settings(
    office: Office, values: Mapping[str, str | None], tell: Told = lambda done, of: None
) -> Changed:
    """Save settings; from then on the clerk they name acts, unless the environment names another.

    Days that records derive by them are computed anew; `tell` is told how far that is, and may raise Cancelled: then
    they follow when the file is opened the next time.
    """
    changed = save_settings(office, values)
    settle_who(office)
    return replace(changed, ledgers=recomputing.follow(office, tell).changed.ledgers)


def settle_who(office: Office) -> None:
    """Settle who acts: `CASE_TRACKER_CLERK`, else the clerk set in the file, else the system's user.

    Where clerks are named it is one of them: whoever was chosen (`clerks.act_as`), or whom `clerks.settle` finds.
    """
    if clerks.names(office):
        if not clerks.is_known(office):
            clerks.settle(office)
        return
    set_here = os.environ.get("CASE_TRACKER_CLERK") or str(office.setting("clerk") or "")
    office.act_as(who_acts(set_here or None))
