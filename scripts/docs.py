"""Write docs/ledgers.md, docs/indicators.md and the manuals' keys from the declarations.

`--check` only says whether they are fresh.
"""

# ruff: noqa: E402 (the checkout need not be installed)
from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tracker import i18n
from tracker.attached import ATTACHED
from tracker.i18n import _
from tracker.indicators import INDICATORS
from tracker.ledgers import LEDGERS
from tracker.schema.clock import ALWAYS, Clock, Start
from tracker.schema.fields import Choice, Count, Day, Field
from tracker.schema.indicator import Atom, Breakdown, Distinct, Indicator, Quantity, Ratio, Sum, atoms_of
from tracker.schema.indicator import Count as HowMany
from tracker.schema.ledger import REMARKS, Ledger
from tracker.ui.shortcuts_sheet import parts

MANUALS = {"manual.md": "en", "manual.zh-CN.md": "zh_CN"}
BEGIN, END = "<!-- keys: made by scripts/docs.py -->", "<!-- end of keys -->"
NOTE = "<!-- Made by scripts/docs.py from the declarations in tracker/; change those, then run it. -->"


def both(message: str) -> str:
    """A message in English and Chinese."""
    i18n.use("zh_CN")
    chinese = _(message)
    i18n.use("en")
    return message if chinese == message else f"{message} {chinese}"


def ledgers() -> Iterator[str]:
    """The document of all ledgers."""
    yield from (
        "# Ledgers",
        "",
        NOTE,
        "",
        "What is recorded, in the order of the menu. Keys are the names of columns, of headings in",
    )
    yield from (
        "sheets and of words on the command line; a heading may also be a label in either language,",
        "or one of those named below a table. Remarks are also read under " + "、".join(REMARKS.also) + ".",
        "",
    )
    for ledger in LEDGERS:
        yield from _ledger(ledger)
    yield from ("## What belongs to a record", "")
    yield from (
        "Events, parties and attachments of any record above, which `of` and `record` name. They have no",
        "page and no sheet of their own.",
        "",
    )
    for ledger in ATTACHED:
        yield from _ledger(ledger)


def _ledger(ledger: Ledger) -> Iterator[str]:
    yield from (f"## `{ledger.name}` {both(ledger.label)}", "")
    yield _numbered(ledger)
    yield from _clocks(ledger)
    yield from ("", "| key | type | English | 中文 | notes |", "| --- | --- | --- | --- | --- |")
    for field in ledger.fields:
        yield f"| {_key(field)} | {_type(field)} | {field.label} | {_chinese(field.label)} | {_notes(field)} |"
    yield ""
    for field in ledger.fields:
        if isinstance(field, Choice):
            yield from (
                f"`{field.key}`: " + ", ".join(f"`{c.key}` {_chinese(c.label)}" for c in field.codes),
                "",
            )
    also = [f"`{f.key}` {'、'.join(f.also)}" for f in ledger.fields if f.also and f is not REMARKS]
    if also:
        yield from ("<details><summary>Other headings that are understood</summary>", "")
        yield from ("; ".join(also), "", "</details>", "")


def _clocks(ledger: Ledger) -> Iterator[str]:
    if not ledger.clocks:
        return
    yield from ("", "| clock | limit | runs from | anew from | not counted | extended | ended by | basis |")
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for clock in ledger.clocks:
        cells = (
            f"`{clock.key}` {both(clock.label)}" + (f" → `{clock.field}`" if clock.field else ""),
            _limit(ledger, clock),
            ", else ".join(_start(ledger, start) for start in clock.starts),
            _codes(clock.restarts),
            ", ".join(filter(None, (_codes(clock.spans), clock.excluded and f"`{clock.excluded}`"))),
            _extension(clock),
            ", ".join(filter(None, (*(f"`{key}`" for key in clock.stopped_by), _codes(clock.ended_by)))),
            clock.basis + ("" if clock.verified else " (text not read)"),
        )
        yield f"| {' | '.join(cells)} |"


def _limit(ledger: Ledger, clock: Clock) -> str:
    kind = "working days" if clock.working else "days"
    length = f"{clock.months} months" if clock.months else f"{clock.days} {kind}"
    if clock.days_by:
        length = f"{kind} set by `{clock.days_by}`"
    others = [f"`{variant.setting}` where {variant.when.sentence(ledger)}" for variant in clock.variants]
    words = [length + (" before" if clock.backward else ""), *others]
    return "; ".join([*words, "lapses"] if clock.lapses else words)


def _start(ledger: Ledger, start: Start) -> str:
    when = "" if start.when == ALWAYS else f" where {start.when.sentence(ledger)}"
    if start.field:
        return f"`{start.field}`{when}"
    since = f" since `{start.since}`" if start.since else ""
    return f"{'last' if start.last else 'first'} event {_codes((start.event,))}{since}{when}"


def _extension(clock: Clock) -> str:
    if clock.extension is None:
        return ""
    field, most = clock.extension
    unit = "months" if clock.months else "working days" if clock.working else "days"
    by = [f"`{field}`" if field else "", f"event {_codes((clock.approvals,))}" if clock.approvals else ""]
    return " or ".join(filter(None, by)) + (f": + {most} {unit}" if most else "")


def _codes(kinds: Iterable[str]) -> str:
    return ", ".join(f"`{kind}`" for kind in kinds)


def _numbered(ledger: Ledger) -> str:
    called = f" Others name its records by `{ledger.calls}`." if ledger.calls else ""
    if not ledger.number_pattern:
        return f"Told apart by `{ledger.number}`.{called}"
    year = f"the year is that of `{ledger.day}`" if ledger.day else "without a year"
    return f"Number: `{ledger.number}`, proposed as `{ledger.number_pattern}`; {year}.{called}"


def _key(field: Field) -> str:
    return f"**{field.key}**" if field.required else field.key


def _chinese(message: str) -> str:
    i18n.use("zh_CN")
    text = _(message)
    i18n.use("en")
    return text


def _type(field: Field) -> str:
    if isinstance(field, Day) and field.moment:
        return "day, with time"
    return f"count ≥ {field.minimum}" if isinstance(field, Count) and field.minimum else field.kind


def _notes(field: Field) -> str:
    words = [
        "derived" if field.derived else "",
        "kept by the program" if field.system else "",
        f"names `{field.names}`" if field.names else "",
        "masked" if field.personal else "",
        f"default `{field.default}`" if field.default is not None else "",
        field.help,
    ]
    return "; ".join(word.removesuffix(".") for word in words if word)


def indicators() -> Iterator[str]:
    """The document of all figures."""
    yield from (
        "# Figures",
        "",
        NOTE,
        "",
        "What is computed, in the order of the report. Each figure opens the records behind it; its",
    )
    yield from ("definition (口径) stands beside it everywhere.", "")
    for ledger in LEDGERS:
        yield from (
            f"## `{ledger.name}` {both(ledger.label)}",
            "",
            "| key | 中文 | unit | made of | definition |",
        )
        yield "| --- | --- | --- | --- | --- |"
        for indicator in INDICATORS:
            if indicator.ledger == ledger.name:
                yield _indicator(indicator)
        yield ""


def _indicator(indicator: Indicator) -> str:
    definition = f"{indicator.definition} {_chinese(indicator.definition)}"
    unit, made = _chinese(indicator.unit), _made(indicator)
    return f"| {indicator.key.split('.')[1]} | {_chinese(indicator.label)} | {unit} | {made} | {definition} |"


def _made(indicator: Indicator) -> str:
    measure = indicator.measure
    if isinstance(measure, Ratio):
        kind, parts = "share" if measure.scale == 100 else "mean", (measure.numerator, measure.denominator)
        plain = all(isinstance(part, HowMany) and not part.ledger for part in parts)
        return kind if plain else f"{kind}: {_number(parts[0])} / {_number(parts[1])}"
    if isinstance(measure, Breakdown):
        return f"{_atom(measure.of)} by {'month of ' if measure.month else ''}`{measure.by}`"
    return _number(measure)


def _number(quantity: Quantity) -> str:
    return " + ".join(_atom(atom) for atom in atoms_of(quantity))


def _atom(atom: Atom) -> str:
    of = f" of `{atom.ledger}`" if atom.ledger else ""
    if isinstance(atom, HowMany):
        return f"records{of}"
    if isinstance(atom, Sum):
        return f"sum of `{atom.field}`{of}"
    if isinstance(atom, Distinct):
        return f"different {'months of ' if atom.month else ''}`{atom.field}`{of}"
    return f"days `{atom.first}` to `{atom.last}`{of}"


def keys(language: str) -> Iterator[str]:
    """The table of all keyboard shortcuts, as the sheet behind F1 has them."""
    i18n.use(language)
    where, keys, what = ("哪里", "按键", "作用") if language == "zh_CN" else ("where", "keys", "what they do")
    yield from (f"| {where} | {keys} | {what} |", "| --- | --- | --- |")
    for title, entries in chain.from_iterable(parts()):
        yield from (f"| {title} | `{pressed}` | {text} |" for pressed, text in entries)
    i18n.use("en")


def with_keys(path: Path, language: str) -> str:
    """The manual as it is, its table of keys made anew."""
    before, _old, after = re.split(f"({BEGIN}.*?{END})", path.read_text("utf-8"), maxsplit=1, flags=re.S)
    return f"{before}{BEGIN}\n\n" + "\n".join(keys(language)) + f"\n\n{END}{after}"


def documents() -> dict[Path, str]:
    """Each document's place and text."""
    made = {"ledgers.md": ledgers(), "indicators.md": indicators()}
    whole = {ROOT / "docs" / name: "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}
    manuals = {ROOT / "docs" / name: language for name, language in MANUALS.items()}
    return whole | {path: with_keys(path, language) for path, language in manuals.items() if path.exists()}


def main(words: list[str]) -> int:
    stale = [
        path for path, text in documents().items() if not path.exists() or path.read_text("utf-8") != text
    ]
    if words != ["--check"]:
        for path in stale:
            path.write_text(documents()[path], encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
        return 0
    for path in stale:
        print(f"{path.relative_to(ROOT)} is stale: run scripts/docs.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
