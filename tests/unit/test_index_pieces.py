"""Putting the pieces of the indexes of text together: it ends, few are left, and the same records are found."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from tests.office import WHO
from tests.unit.test_finding import FIRMS, NAMES, dispute
from tracker.db import index_pieces, records
from tracker.errors import DamagedFile
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import backups, editing, finding
from tracker.operations.office import Office, make_office, open_office

TEXTS = ("张三", "zs", "公司", "〔2020〕7", "zs aj")


def pieces(office: Office) -> int:
    (number,) = office.db.one("SELECT count(DISTINCT segid) FROM disputes_search_idx") or (0,)
    return int(number)


def found(office: Office) -> list[set[int]]:
    office.db.run("INSERT INTO disputes_search(disputes_search) VALUES ('integrity-check')")
    return [set(records.ids(office.db, records.Query(DISPUTES, search=text))) for text in TEXTS]


def entered(path: Path) -> Office:
    """A file in whose indexes there is something to merge."""
    office = make_office(path, WHO)
    for n in range(60):  # an operation each, as a clerk enters them
        record = dispute(n + 1, NAMES[n % len(NAMES)], FIRMS[n % len(FIRMS)], remarks="电话" * n)
        uid = editing.save(office, DISPUTES, record).uid
        if n % 7 == 0:
            editing.bin_records(office, DISPUTES, [uid])
            editing.save(office, DISPUTES, {"applicant": "赵三张"}, uid)
    finding.spell(office)
    assert pieces(office) > index_pieces.PIECES
    return office


def test_pieces_are_merged_and_find_the_same(tmp_path: Path) -> None:
    with closing(entered(tmp_path / "cases.db")) as office:
        before, many = found(office), pieces(office)
        while finding.merge(office, 0):
            pass
        assert pieces(office) < many
        assert found(office) == before
        assert not finding.merge(office)


def test_merging_is_nothing_to_back_up_before_and_ends_where_the_file_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    entered(path).close()
    shutil.rmtree(backups.folder(path), ignore_errors=True)
    with closing(open_office(path, WHO)) as office:
        many = pieces(office)
        office.db.damaged = True
        with pytest.raises(DamagedFile):
            finding.merge(office)
        office.db.damaged = False
        finding.merge(office)
        assert pieces(office) < many and not backups.folder(path).exists()
