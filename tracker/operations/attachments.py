"""Files kept with a record: taken in whole, shown, opened as a copy, renamed, removed to the bin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.attached.attachments import ATTACHMENTS
from tracker.db import contents, records
from tracker.db.database import Database
from tracker.errors import UserError
from tracker.i18n import _
from tracker.operations import attached, exports
from tracker.operations.fresh import fresh_file, told
from tracker.operations.office import Changed, Office
from tracker.schema.file_name import fresh, harmless, may_run, size_text
from tracker.schema.ledger import Ledger
from tracker.settings import ATTACHMENT_LIMIT

if TYPE_CHECKING:
    from tracker.operations.progress import Progress

MOST_MEGABYTES = 900
"""What SQLite holds in one value is a little more."""
PIECE = 1024**2


@dataclass(frozen=True)
class Incoming:
    """A file to be attached: one of the disk, or (a pasted picture, a document just made) its name and content."""

    name: str
    path: Path | None = None
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Attachment:
    """A file of a record."""

    uid: str
    name: str
    size: int
    digest: str
    at: str
    by: str


@dataclass(frozen=True)
class Attached:
    """What was taken in, by name, and what the record had already, by the name that it has there."""

    changed: Changed
    added: tuple[str, ...]
    already: tuple[str, ...] = ()


def limit(office: Office) -> int:
    """How many bytes a file may have to be attached."""
    return min(int(office.setting(ATTACHMENT_LIMIT.key) or 1), MOST_MEGABYTES) * 1024**2


def of_record(db: Database, uid: str) -> list[Attachment]:
    """The files of a record, in the order in which they came."""
    return [
        Attachment(
            str(r["uid"]),
            str(r["name"]),
            int(r["size"] or 0),
            str(r["digest"]),
            str(r["created_at"]),
            str(r["created_by"]),
        )
        for r in attached.of_record(db, ATTACHMENTS, uid)
    ]


def attach(
    office: Office, ledger: Ledger, uid: str, files: Sequence[Incoming], progress: Progress | None = None
) -> Attached:
    """Take files into the data file and put them to a record, all of them or none. Raises UserError.

    A content that the record has already is not put to it twice; the data file keeps each content once.
    """
    added: list[str] = []
    already: list[str] = []
    new: list[dict[str, str | int | None]] = []
    with office.writing(ATTACHMENTS.name):
        there = of_record(office.db, uid)
        names, known = {a.name for a in there}, {a.digest: a.name for a in there}
        for n, incoming in enumerate(files):
            if progress:
                progress.report(n, len(files), incoming.name)
            content = _content(incoming, limit(office), progress)
            digest = contents.put(office.db, content)
            if digest in known:
                already.append(known[digest])
                continue
            known[digest] = name = fresh(harmless(incoming.name, _("Unnamed")), names)
            names.add(name)
            added.append(name)
            new.append({"name": name, "digest": digest, "size": len(content)})
        changed = attached.save(office, ledger, uid, ATTACHMENTS, new) if new else Changed()
    return Attached(changed, tuple(added), tuple(already))


def _content(incoming: Incoming, most: int, progress: Progress | None) -> bytes:
    """A file's content, refused where it is too large, empty or cannot be read."""
    if incoming.path is None:
        return _measured(incoming.name, incoming.content, most)
    shown = harmless(incoming.name, _("Unnamed"))
    if incoming.path.is_dir():
        raise UserError(_("{name} is a folder; choose the files in it.").format(name=shown))
    read = bytearray()
    try:
        if not incoming.path.is_file():  # a device or a pipe, perhaps, that never ends
            raise OSError(incoming.name)
        with incoming.path.open("rb") as source:
            while piece := source.read(PIECE):
                read += piece
                if len(read) > most:
                    break
                if progress:
                    progress.report(len(read), None, shown)
        size = max(len(read), incoming.path.stat().st_size)
    except (OSError, ValueError) as wrong:
        text = _("{name} cannot be read; check that it is there and may be read.")
        raise UserError(text.format(name=shown)) from wrong
    if size > most:
        raise _too_large(shown, size, most)
    return _measured(shown, bytes(read), most)


def _measured(name: str, content: bytes, most: int) -> bytes:
    if not content:
        raise UserError(_("{name} is empty and was not attached.").format(name=name))
    if len(content) > most:
        raise _too_large(name, len(content), most)
    return content


def _too_large(name: str, size: int, most: int) -> UserError:
    text = _(
        "{name} has {size}; at most {most} can be attached. Make it smaller, or raise the limit in the settings."
    )
    return UserError(text.format(name=name, size=size_text(size), most=size_text(most)))


def rename(office: Office, ledger: Ledger, uid: str, attachment: Attachment, name: str) -> Changed:
    """Call a file otherwise; without an ending it keeps its own. Raises UserError for no name or one that is taken."""
    given = harmless(name, "")
    ending = attachment.name.rpartition(".")[1:]
    if given and "." not in given and ending[0]:
        given += "".join(ending)
    if not given:
        raise UserError(_("The file needs a name."))
    others = {a.name.casefold() for a in of_record(office.db, uid) if a.uid != attachment.uid}
    if given.casefold() in others:
        raise UserError(_("The record has another file {name}; choose another name.").format(name=given))
    return attached.save(office, ledger, uid, ATTACHMENTS, [{"uid": attachment.uid, "name": given}])


def remove(office: Office, ledger: Ledger, uid: str, uids: Sequence[str]) -> Changed:
    """Put files of a record into the bin; their content stays in the data file."""
    return attached.save(office, ledger, uid, ATTACHMENTS, [], drop=uids)


def restore(office: Office, uids: Sequence[str]) -> Changed:
    """Take files out of the bin again."""
    with office.writing("restore") as writer:
        for uid in uids:
            old = records.get(office.db, ATTACHMENTS, uid)
            if old and old["binned_at"] is not None:
                writer.restore(ATTACHMENTS, old)
    return Changed(frozenset({ATTACHMENTS.name}))


def content(db: Database, attachment: Attachment) -> bytes:
    """A file's content. Raises UserError where the data file does not have it, or not as it came in."""
    found = contents.read(db, attachment.digest)
    if found is None:
        text = _("The content of {name} is missing or damaged in the data file; take it from a backup.")
        raise UserError(text.format(name=attachment.name))
    return found


def save_as(office: Office, attachment: Attachment, path: Path) -> Path:
    """Write a file to the disk, whole or not at all. Raises UserError."""
    data = content(office.db, attachment)
    with fresh_file(path) as made:
        made.write_bytes(data)
    exports.note(office, attachment.name, path, whole=True)
    return path


def copy_to_open(db: Database, attachment: Attachment, folder: Path) -> Path:
    """A copy for reading in a folder that is the clerk's own; the one made before where there is. Raises UserError."""
    path = folder / harmless(attachment.digest[:12]) / harmless(attachment.name, _("Unnamed"))
    if not path.exists():
        data = content(db, attachment)
        with told(path):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            with fresh_file(path) as made:
                made.write_bytes(data)
            path.chmod(0o400)
    return path


def runs(db: Database, attachment: Attachment) -> bool:
    """Whether opening it may run something on the computer. For the worker: it reads the whole content, perhaps."""
    return may_run(attachment.name, b"") or may_run(attachment.name, contents.begins(db, attachment.digest))


def total(attachments: Sequence[Attachment]) -> int:
    """How many bytes they have together."""
    return sum(attachment.size for attachment in attachments)


def file_total(db: Database) -> tuple[int, int]:
    """How many contents the data file keeps, and how large they are together."""
    return contents.total(db)
