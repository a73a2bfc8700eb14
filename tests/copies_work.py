"""What clerks do at random in copies of one file, as hypothesis draws it; `TRIES` in the environment says how often."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from hypothesis import strategies as st

from tests.copies import Copies, uids
from tests.unit.test_undoing import sheet, some_uid
from tests.unit.test_undoing_cases import (
    ACTIONS,
    NAMES,
    attach,
    bring,
    disputes,
    edit,
    enter,
    happen,
    meet,
    put_away,
    take_out,
)
from tracker.db import templates, verifying
from tracker.db.database import Database
from tracker.db.freezes import all_freezes
from tracker.draws import BY_KEY
from tracker.errors import UserError
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import customising, drawing, editing, freezing, importing, twice, undoing
from tracker.operations.office import Office
from tracker.period import Period
from tracker.schema.fields import Choice, Field
from tracker.schema.own import OWN

Action = Callable[[Office, st.DataObject], object]
YEAR, RANDOM = Period.year(2020), BY_KEY["double_random"]


# Documents, frozen figures, numbers, lots


def document(office: Office, data: st.DataObject) -> None:
    """Keep a document of the office's own, or take it out."""
    name, content = data.draw(st.sampled_from("ab")), data.draw(st.sampled_from((None, b"1", b"2", b"3")))
    templates.write(office.db, office.who, name, content)


def freeze(office: Office, data: st.DataObject) -> None:
    """Freeze the figures of the year."""
    freezing.freeze(office, YEAR)


def thaw(office: Office, data: st.DataObject) -> None:
    """Let the last freeze go, each clerk for a reason of his own."""
    freezes = [one for one in all_freezes(office.db) if one.active]
    if freezes:
        freezing.unfreeze(office, freezes[0], f"{office.who.clerk}的理由")


def renumber(office: Office, data: st.DataObject) -> None:
    """Settle the numbers given twice."""
    twice.renumber_later(office, twice.everywhere(office))


def lots(office: Office, data: st.DataObject) -> None:
    """Draw lots, or make the records of the draw that all copies have."""
    made = drawing.every(office)[-1]
    if made.made or data.draw(st.booleans()):
        drawing.make(office, RANDOM, RANDOM.targets[0], YEAR, 1, 1, f"{office.who.clerk}抽的")
    else:
        drawing.record(office, made, "2020-05-05", {"items": "工资支付", "campaign": "双随机"})


# Records in the bin


def delete(office: Office, data: st.DataObject) -> None:
    """Delete a case from the bin."""
    if uid := some_uid(office, data, "disputes", binned=True):
        editing.delete_records(office, disputes(office), [uid])


def put_away_for_good(office: Office, data: st.DataObject) -> None:
    """Put a case into the bin and delete it from there."""
    if uid := some_uid(office, data, "disputes"):
        editing.bin_records(office, disputes(office), [uid])
        editing.delete_records(office, disputes(office), [uid])


# Fields and codes of the office's own


def own(office: Office) -> list[Field]:
    return [field for field in disputes(office).inputs if field.key.startswith(OWN)]


def fill_in(office: Office, data: st.DataObject) -> None:
    """Fill in a field of the office's own."""
    uid, fields = some_uid(office, data, "disputes"), own(office)
    if uid and fields:
        field = data.draw(st.sampled_from(fields))
        value = data.draw(st.sampled_from((None, 1, 2) if field.integer else (None, "甲", "乙")))
        editing.save(office, disputes(office), {field.key: value}, uid)


def enter_filled(office: Office, data: st.DataObject) -> None:
    """Enter a case, and fill in what the office has added."""
    before = set(uids(office))
    enter(office, data)
    told = {field.key: 3 if field.integer else "丙" for field in own(office)}
    for uid in set(uids(office)) - before:
        editing.save(office, disputes(office), told, uid)


def add_field(office: Office, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(("text", "count")))
    customising.add_field(office, disputes(office), f"自填{len(own(office))}{office.who.clerk}", kind)


def take_field_out(office: Office, data: st.DataObject) -> None:
    """Take a field of the office's own out, or take it out and back in."""
    if fields := own(office):
        customising.remove_field(office, disputes(office), data.draw(st.sampled_from(fields)).key)
        if data.draw(st.booleans()):
            undoing.undo(office)


def codes(office: Office, data: st.DataObject) -> None:
    """Add a word to a code table, or rename or hide one of the office's own."""
    cause = disputes(office).field("cause")
    assert isinstance(cause, Choice)
    mine = [code.key for code in cause.codes if code.key.startswith(OWN)]
    way = data.draw(st.sampled_from(("rename", "hide"))) if mine else "add"
    if way == "add":
        customising.add_code(office, disputes(office), cause, f"{office.who.clerk}的案由")
    elif way == "rename":
        customising.rename_code(office, disputes(office), cause, mine[0], f"{office.who.clerk}改的案由")
    else:
        customising.hide_code(office, disputes(office), cause, mine[0], data.draw(st.booleans()))


def explained(office: Office, data: st.DataObject) -> None:
    """Do something with records that frozen figures may count, with a reason."""
    with office.because("更正"):
        data.draw(st.sampled_from(FROZEN))(office, data)


FROZEN: tuple[Action, ...] = (edit, enter, put_away, take_out, happen, meet, attach, fill_in, take_field_out)
MORE: tuple[Action, ...] = (
    document, freeze, thaw, renumber, lots, explained, explained, explained, take_out, take_out, delete,
    put_away_for_good, bring, bring, fill_in, fill_in, enter_filled, add_field, take_field_out, codes,
)  # fmt: skip


def begun(office: Office) -> None:
    """What the copies have in common, so that little work is enough for them to get in each other's way."""
    customising.add_field(office, disputes(office), "自填", "text")
    editing.save(office, office.catalogue.by_name["employers"], {"name": "某公司", "address": "怀柔镇"})
    officer = {"officer_no": "001", "name": "丁", "roles": "officer"}
    editing.save(office, office.catalogue.by_name["officers"], officer)
    drawing.make(office, RANDOM, RANDOM.targets[0], YEAR, 1, 1, "双随机")
    freezing.freeze(office, Period.year(2019), "年报")
    rows = [("2020-02-03", name, "某公司", "甲", "甲") for name in NAMES]  # which `bring` finds again
    importing.carry_out(office, sheet(office, office.db.path.parent, *rows))


def worked(copies: Copies, data: st.DataObject, most: int) -> None:
    for n in range(3):
        with closing(copies.open(n)) as office:
            for action in data.draw(st.lists(st.sampled_from((*ACTIONS, *MORE)), max_size=most)):
                try:
                    action(office, data)
                except UserError:
                    continue


# What must be told


def listed(db: Database) -> dict[str, object]:
    """What each case that is in no bin holds, with what belongs to it."""
    found, keys = {}, ", ".join(verifying.told(DISPUTES))
    for row in db.rows(f"SELECT uid, {keys} FROM disputes WHERE binned_at IS NULL"):
        belongs = [
            db.rows(f"SELECT * FROM {name} WHERE record = ? ORDER BY uid", row[:1])
            for name in ("events", "parties", "attachments")
        ]
        found[row[0]] = row, belongs
    return found


def to_be_told(
    begin: dict[str, object], sides: list[dict[str, object]], after: dict[str, object]
) -> set[str]:
    """Cases that a side had in its list, otherwise than at the beginning, and that are in no list after a merge."""
    return {
        uid
        for side in sides
        for uid, content in side.items()
        if uid in begin and content != begin[uid] and uid not in after
    }
