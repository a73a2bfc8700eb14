"""Names of files and folders that are no text on this system, as archives from Windows leave them on Linux."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.copies import case
from tests.office import WHO, new_office
from tracker.cli import main
from tracker.operations.office import open_office
from tracker.ui.state import State

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")


def strange(folder: Path, name: str) -> Path:
    return Path(os.fsdecode(os.fsencode(folder / "x")[:-1] + name.encode("gbk")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(new_office(tmp_path / "cases.db", WHO)) as office:
        case(office, "1号")
    return tmp_path / "cases.db"


@pytest.mark.parametrize("words", (["verify"], ["backup"], ["stats", "--year", "2020"], ["password", "set"]))
@pytest.mark.parametrize("inside", (False, True))
def test_a_data_file_of_such_a_name_is_refused_in_a_sentence(
    path: Path, words: list[str], inside: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    named = strange(path.parent, "案件.db")
    if inside:
        folder = strange(path.parent, "文件夹")
        folder.mkdir()
        named = folder / "cases.db"
    path.rename(named)
    before = named.read_bytes()
    assert main([*words, "--file", str(named)]) == 1
    told = capsys.readouterr().err
    assert "改名" in told and told.count("\n") == 1
    assert named.read_bytes() == before


def test_nothing_is_written_under_such_a_name_and_a_sheet_of_one_is_taken_in(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, sheet = strange(path.parent, "表.xlsx"), strange(path.parent, "收.csv")
    words = ["workbook", "--year", "2020", "--out", str(out), "--file", str(path)]
    assert main(words) == 1 and "改名" in capsys.readouterr().err and not out.exists()
    sheet.write_text("案号,申请日期,申请人,被申请人\n2号,2020-03-02,张三,某公司\n", encoding="utf-8")
    assert main(["import", "disputes", str(sheet), "--file", str(path)]) == 0
    capsys.readouterr()
    with closing(open_office(path, WHO)) as office:
        assert office.db.rows("SELECT count(*) FROM disputes") == [(2,)]


def test_such_a_name_is_remembered(tmp_path: Path) -> None:
    named = str(strange(tmp_path, "案件.db"))
    State(tmp_path / "state.json").set("last_file", named)
    assert State(tmp_path / "state.json").get("last_file") == named
