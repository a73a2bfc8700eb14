"""Putting the pieces of the indexes of text together: it ends, few are left, and the same records are found."""

from __future__ import annotations

from pathlib import Path

from tests.office import WHO
from tests.unit.test_finding import FIRMS, NAMES, dispute
from tracker.db import index_pieces, records
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, finding
from tracker.operations.office import Office, make_office

TEXTS = ("张三", "zs", "公司", "〔2020〕7", "zs aj")


def pieces(office: Office) -> int:
    (number,) = office.db.one("SELECT count(DISTINCT segid) FROM disputes_search_idx") or (0,)
    return int(number)


def found(office: Office) -> list[set[int]]:
    office.db.run("INSERT INTO disputes_search(disputes_search) VALUES ('integrity-check')")
    return [set(records.ids(office.db, records.Query(DISPUTES, search=text))) for text in TEXTS]


def test_pieces_are_merged_and_find_the_same(tmp_path: Path) -> None:
    office = make_office(tmp_path / "cases.db", WHO)
    for n in range(60):  # an operation each, as a clerk enters them
        record = dispute(n + 1, NAMES[n % len(NAMES)], FIRMS[n % len(FIRMS)], remarks="电话" * n)
        uid = editing.save(office, DISPUTES, record).uid
        if n % 7 == 0:
            editing.bin_records(office, DISPUTES, [uid])
            editing.save(office, DISPUTES, {"applicant": "赵三张"}, uid)
    finding.spell(office)
    before, many = found(office), pieces(office)
    assert many > index_pieces.PIECES
    while finding.merge(office, 0):
        pass
    assert pieces(office) < many
    assert found(office) == before
    assert not finding.merge(office)
    office.close()
