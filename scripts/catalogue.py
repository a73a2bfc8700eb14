"""Keep the Chinese catalogue: `add ID TEXT [ID TEXT ...]`, `update` from the sources, `missing`, `compile`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "resources/locale/zh_CN/LC_MESSAGES/tracker.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every message id in the sources of `tracker/`, with the files that use it."""
    catalog = Catalog()
    for name, line, message, comments, context in extract_from_dir(
        ROOT / "tracker", [("**.py", "python")], keywords=KEYWORDS
    ):
        del line  # line numbers would change the catalogue at every edit
        catalog.add(message, None, [(f"tracker/{name}", 0)], auto_comments=comments, context=context)
    return catalog


def stored() -> Catalog:
    """The catalogue as committed; an empty one where there is none yet."""
    if not PO.exists():
        return Catalog(locale="zh_CN", project="case-tracker", fuzzy=False)
    with PO.open("rb") as source:
        return read_po(source, locale="zh_CN")


def missing() -> list[str]:
    """Message ids in the sources that have no Chinese text (the first form, where there are plurals)."""
    have = stored()
    names = []
    for message in extracted():
        if not message.id:
            continue
        known = have.get(message.id)
        texts = known.string if known else ""
        if not (all(texts) if isinstance(texts, (tuple, list)) else texts):
            names.append(message.id if isinstance(message.id, str) else message.id[0])
    return names


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def save(catalog: Catalog) -> None:
    """Write both files, sorted, through temporary names."""
    catalog.fuzzy = False
    catalog.revision_date = catalog.creation_date
    PO.parent.mkdir(parents=True, exist_ok=True)
    text = BytesIO()
    write_po(
        text, catalog, sort_output=True, width=110, omit_header=False, ignore_obsolete=True, no_location=True
    )
    for path, content in ((PO, text.getvalue()), (MO, compiled(catalog))):
        temporary = path.with_suffix(path.suffix + ".new")
        temporary.write_bytes(content)
        os.replace(temporary, path)


def add(pairs: list[tuple[str, str]]) -> None:
    """Set the Chinese text of message ids, whether the sources use them yet or not."""
    catalog = stored()
    plural = {m.id[0]: m.id for m in extracted() if isinstance(m.id, (tuple, list))}
    for identifier, text in pairs:
        catalog.delete(identifier)  # which `add` would keep as it is
        if identifier in plural:
            catalog.add(plural[identifier], (text,))
        else:
            catalog.add(identifier, text)
    save(catalog)


def update() -> None:
    """Drop messages that the sources no longer use, and keep the rest with its text."""
    have, now = stored(), extracted()
    result = Catalog(locale="zh_CN", project="case-tracker", fuzzy=False, creation_date=have.creation_date)
    for message in now:
        if message.id:
            known = have.get(message.id)
            result.add(message.id, known.string if known else None)
    save(result)


@contextmanager
def locked() -> Iterator[None]:
    """One writer at a time."""
    import fcntl  # POSIX only, and only developers run this

    PO.parent.mkdir(parents=True, exist_ok=True)
    with (ROOT / ".catalogue.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(words: list[str]) -> int:
    command = words[0] if words else ""
    with locked():
        if command == "add" and len(words) % 2 == 1:
            add(list(zip(words[1::2], words[2::2], strict=True)))
        elif command == "update":
            update()
        elif command == "compile":
            save(stored())
        elif command == "missing":
            print("\n".join(missing()))
        else:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
