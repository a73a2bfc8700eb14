"""Documents of cases: which there are, what is missing for them, and making them, all or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tracker.attached.events import EVENTS
from tracker.db import records
from tracker.db import templates as stored
from tracker.errors import UserError
from tracker.exchange.documents import read_template
from tracker.exchange.letter_template import build
from tracker.exchange.letters import Fault, joined
from tracker.i18n import _, about, language
from tracker.operations import attached, attachments, exports, paper_things
from tracker.operations.attachments import Incoming
from tracker.operations.exports import Leaving
from tracker.operations.fresh import fresh_file
from tracker.operations.office import Changed, Office
from tracker.operations.paper_things import Case
from tracker.operations.progress import Progress
from tracker.papers import PAPERS
from tracker.paths import resources
from tracker.schema.file_name import fresh, harmless
from tracker.schema.ledger import Ledger
from tracker.schema.paper import Paper

PREFIX, OWN = "paper:", "own:"
"""By which templates are kept in the file: `paper:KEY`, and what an office adds `paper:own:LEDGER:LABEL`."""


@dataclass(frozen=True)
class Offer:
    """A document that a ledger's cases can have; `replaced` where the office has its own template for it."""

    key: str
    label: str
    paper: Paper | None = None
    replaced: bool = False


@dataclass(frozen=True)
class Wish:
    """What to make: documents of records of a ledger, where to, and what to do with them beside."""

    ledger: Ledger
    keys: tuple[str, ...]
    uids: tuple[str, ...]
    folder: Path
    joined: bool = False
    """One file for each document, in which every case begins on a new page, instead of one for each case."""
    attach: bool = False
    as_event: bool = False
    """Note in the events that they were made; they are served on another day, from which limits run."""
    for_each: bool = False
    """A notice to all parties is made once for each of them instead."""


@dataclass(frozen=True)
class Made:
    """The files that were written."""

    changed: Changed
    paths: tuple[Path, ...]


class Faulty(UserError):
    """A template that cannot be filled in; `faults` names each place."""

    def __init__(self, name: str, faults: Sequence[Fault], *, making: bool = True) -> None:
        first = faults[0]
        text = (
            _("The template of “{name}”, {place}: {message} Nothing was made.")
            if making
            else _("{name} was not taken over. {place}: {message}")
        )
        super().__init__(text.format(name=name, place=first.place, message=first.message))
        self.faults = tuple(faults)


def offers(office: Office, ledger: Ledger) -> tuple[Offer, ...]:
    """Every document of a ledger: the standard ones in their order, then the office's own."""
    own = stored.names(office.db, PREFIX)
    standard = (
        Offer(paper.key, _(paper.label), paper, f"{PREFIX}{paper.key}" in own)
        for paper in PAPERS
        if ledger.name in paper.ledgers
    )
    head = f"{PREFIX}{OWN}{ledger.name}:"
    added = (
        Offer(name.removeprefix(PREFIX), name.removeprefix(head)) for name in own if name.startswith(head)
    )
    return (*standard, *added)


def template(office: Office, key: str) -> bytes:
    """The template of a document: the office's own, else the standard one."""
    own = stored.read(office.db, f"{PREFIX}{key}")
    return own if own is not None else build(source(key))


def source(key: str) -> str:
    """The text of a standard template."""
    return (resources() / "papers" / f"{key}.md").read_text(encoding="utf-8")


def take_template(office: Office, ledger: Ledger, path: Path, key: str = "") -> Changed:
    """Make a .docx the template of a document, or without a key of one that the office adds, called as the file.

    Raises UserError; a template with faults is refused with the first of them.
    """
    content = read_template(path)
    faults = paper_things.language(office, ledger).faults(content, path.name)
    if faults:
        raise Faulty(path.name, faults, making=False)
    label = harmless(path.stem, _("Document"))
    name = key or f"{OWN}{ledger.name}:{label}"
    stored.write(office.db, office.who, f"{PREFIX}{name}", content)
    return Changed(settings=True)


def drop_template(office: Office, key: str) -> Changed:
    """Go back to the standard template, or give up a document that the office had added."""
    stored.write(office.db, office.who, f"{PREFIX}{key}", None)
    return Changed(settings=True)


def save_template(office: Office, key: str, path: Path) -> Path:
    """Write a document's template, to be edited in Word or WPS. Raises UserError."""
    content = template(office, key)
    with fresh_file(path) as made:
        made.write_bytes(content)
    return path


def applies(offer: Offer, found: Case) -> bool:
    """Whether a document is of use for a case as it stands."""
    paper = offer.paper
    if paper is None:
        return True
    told = not paper.after or "uid" in found.last(paper.after)
    return told and (paper.when is None or paper.when.matches(found.record))


def missing(offer: Offer, found: Case) -> tuple[str, ...]:
    """What a document needs that the case does not say."""
    return paper_things.lacking(found, offer.paper.needs) if offer.paper else ()


def cases(office: Office, ledger: Ledger, uids: Iterable[str]) -> list[Case]:
    """The cases of these records that are still in the file."""
    found = (records.get(office.db, ledger, uid) for uid in uids)
    return [paper_things.case(office.db, ledger, record) for record in found if record]


def make(office: Office, wish: Wish, progress: Progress | None = None, today: date | None = None) -> Made:
    """Fill in every document of every case and write the files: all of them, or none. Raises UserError, Cancelled."""
    made = _filled(office, wish, progress, today or date.today())
    if not made:
        raise UserError(_("There is nothing to make: choose a document and a record."))
    if not wish.folder.is_dir():
        raise UserError(
            _("There is no folder {path}; make it first or choose another.").format(path=wish.folder)
        )
    taken = {path.name for path in wish.folder.iterdir()}
    files: list[tuple[Leaving, bytes]] = []
    for told, content in _files(wish, made):
        free = fresh(harmless(told.file), taken)
        taken.add(free)
        files.append((replace(told, file=free), content))
    with office.writing("papers") as writer:  # one step, for however many cases
        touched = _kept(office, wish, made)
        writer.settle()
        writer.refuse_frozen()  # before there are any files
        paths = _write(wish.folder, files)
    exports.note_all(office, [told for told, _content in files])
    return Made(Changed(frozenset(touched | writer.followed)), tuple(paths))


@dataclass(frozen=True)
class _Filled:
    offer: Offer
    case: Case
    content: bytes

    @property
    def name(self) -> str:
        """Number, document, and first name in it."""
        number = str(self.case.record.get(self.case.ledger.number) or "")
        who = next((str(p["name"]) for p in self.case.parties if p.get("name")), "")
        return "_".join(part[:60] for part in (number, self.offer.label, who) if part) + ".docx"


def _filled(office: Office, wish: Wish, progress: Progress | None, today: date) -> list[_Filled]:
    speech = paper_things.language(office, wish.ledger)
    chosen = [offer for offer in offers(office, wish.ledger) if offer.key in wish.keys]
    contents = {offer.key: template(office, offer.key) for offer in chosen}
    for offer in chosen:
        faults = speech.faults(contents[offer.key], offer.label)
        if faults:
            raise Faulty(offer.label, faults)
    made: list[_Filled] = []
    found = cases(office, wish.ledger, wish.uids)
    for case in found:
        things = paper_things.things(office, case, today, for_each=wish.for_each)
        for offer in chosen:
            if progress:
                progress.report(len(made), len(found) * len(chosen), offer.label)
            made.append(_Filled(offer, case, speech.fill(contents[offer.key], offer.label, things)))
    return made


def _files(wish: Wish, made: Sequence[_Filled]) -> Iterable[tuple[Leaving, bytes]]:
    """What is to be written, which tells of its cases with all their numbers."""
    if not wish.joined:
        for each in made:
            yield Leaving(each.offer.label, each.name, 1, whole=True), each.content
        return
    for key in dict.fromkeys(each.offer.key for each in made):
        those = [each for each in made if each.offer.key == key]
        label, n = those[0].offer.label, len(those)
        yield Leaving(label, f"{label}_{n}.docx", n, whole=True), joined([each.content for each in those])


def _kept(office: Office, wish: Wish, made: Sequence[_Filled]) -> set[str]:
    """Put the documents to their cases, and enter them as events, as wished; the ledgers that changed."""
    touched: set[str] = set()
    for case in {id(each.case): each.case for each in made}.values():
        uid, mine = str(case.record["uid"]), [each for each in made if each.case is case]
        if wish.attach:
            files = [Incoming(each.name, content=each.content) for each in mine]
            touched |= attachments.attach(office, wish.ledger, uid, files).changed.ledgers
        events = [_event(each.offer) for each in mine] if wish.as_event and wish.ledger.events else []
        if events:
            touched |= attached.save(office, wish.ledger, uid, EVENTS, events).ledgers
    return touched


def _event(offer: Offer) -> dict[str, str | int | None]:
    now = datetime.now().isoformat(timespec="minutes")
    title = _("Made: {document}").format(document=offer.label)
    return {"kind": "note", "title": title, "happened_on": now}


def _write(folder: Path, files: Sequence[tuple[Leaving, bytes]]) -> list[Path]:
    """Write all files, or take away those already written."""
    written: list[Path] = []
    try:
        for told, content in files:
            with fresh_file(folder / told.file) as made:
                made.write_bytes(content)
            written.append(folder / told.file)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written


@dataclass(frozen=True)
class Survey:
    """How a document stands with the cases chosen: for how many it is of use, and what is missing, case by case."""

    offer: Offer
    fits: int
    missing: tuple[str, ...]


def survey(office: Office, ledger: Ledger, uids: Sequence[str]) -> tuple[Survey, ...]:
    """Every document of the ledger, those of use for the cases first."""
    found = cases(office, ledger, uids)
    looked: list[Survey] = []
    for offer in offers(office, ledger):
        told = list(paper_things.unset(office, offer.paper.needs)) if offer.paper else []
        for each in found:
            lacking = missing(offer, each)
            number = each.record.get(ledger.number)
            told += [about(number, sentence) for sentence in lacking] if len(found) > 1 else lacking
        looked.append(Survey(offer, sum(applies(offer, each) for each in found), tuple(told)))
    return tuple(sorted(looked, key=lambda each: not each.fits))


def names(office: Office, ledger: Ledger, uid: str) -> list[tuple[str, str]]:
    """What a template may name, in the language in use, and what it stands for in a case."""
    found = cases(office, ledger, [uid])
    case = found[0] if found else Case(ledger, {}, (), ())
    made = paper_things.things(office, case, date.today())
    english = language() == "en"
    listed: list[tuple[str, str]] = []
    for name, thing in made.items():
        if name.isascii() is not english:
            continue
        if isinstance(thing, str):
            listed.append((f"{{{{ {name} }}}}", str(thing)))
        elif isinstance(thing, dict):
            inner = {part: text for part, text in thing.items() if part.isascii() is english}
            listed += [(f"{{{{ {name}.{part} }}}}", str(text)) for part, text in inner.items()]
        elif isinstance(thing, list):
            item = "x" if english else "人"
            listed.append((f"{{%p for {item} in {name} %}} … {{%p endfor %}}", str(len(thing))))
    return listed
