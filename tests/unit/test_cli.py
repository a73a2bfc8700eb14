"""The command line: fixed words, JSON shapes and exit statuses."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.effort import some
from tests.office import WHO, filled, new_office, random_record
from tracker import paths, printing
from tracker.cli import COMMANDS, main
from tracker.indicators import BY_KEY, INDICATORS
from tracker.ledgers import BY_NAME, LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import customising, editing
from tracker.operations.office import open_office
from tracker.schema.fields import Choice, Value
from tracker.schema.indicator import Breakdown, Count, Ratio

ROOT = Path(__file__).parent.parent.parent
CASE: dict[str, Value] = {
    "case_no": "京怀〔2020〕第1号",
    "applied_on": "2020-03-02",
    "accepted_on": "2020-03-05",
    "applicant": "张三、李四",
    "respondent": "某公司",
    "channel": "online",
    "cause": "remuneration;welfare",
    "claim_amount": 1234550,
    "extended": 1,
}


class Line:
    """The command line in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], path: Path) -> None:
        self.capsys, self.path = capsys, path

    def __call__(self, *words: str) -> tuple[int, str, str]:
        status = main([*words, "--file", str(self.path)])
        told = self.capsys.readouterr()
        return status, told.out, told.err

    def json(self, *words: str) -> Any:
        """The one document on standard output."""
        status, out, err = self(*words, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random = Random(23)
    path = tmp_path_factory.mktemp("cli") / "cases.db"
    filled(path, {ledger: [random_record(ledger, random) for _n in range(120)] for ledger in LEDGERS}).close()
    return path


@pytest.fixture
def many(capsys: pytest.CaptureFixture[str], crowded: Path) -> Line:
    """On a file with 120 records in each ledger."""
    return Line(capsys, crowded)


@pytest.fixture
def two(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Line:
    """On a file with two disputes."""
    office = new_office(tmp_path / "cases.db", WHO)
    editing.save(office, DISPUTES, CASE)
    other: dict[str, Value] = {
        "case_no": "京怀〔2019〕第2号",
        "applied_on": "2019-12-30",
        "applicant": "王五",
        "respondent": "某厂",
    }
    editing.save(office, DISPUTES, other)
    office.close()
    return Line(capsys, tmp_path / "cases.db")


def test_list_tells_values_as_they_are_meant(two: Line) -> None:
    first, second = two.json("list", "disputes")
    assert set(first) == set(DISPUTES.by_key)
    assert first["cause"] == ["remuneration", "welfare"]
    assert (first["claim_amount"], first["workers"], first["extended"], first["channel"]) == (
        "12345.50",
        1,
        True,
        "online",
    )
    assert (first["applicant"], first["due_on"], first["closed_on"], first["no"]) == (
        "张三、李四",
        "2020-05-06",
        None,
        1,
    )
    assert len(first["uid"]) == 36 and first["created_by"] == "测试员" and first["origin"] == "test"
    assert (second["cause"], second["extended"], second["case_no"]) == (None, None, "京怀〔2019〕第2号")


@pytest.mark.parametrize(
    ("where", "found"),
    (
        (["channel=online"], 1),
        (["channel=网上"], 1),
        (["channel=Online"], 1),
        (["channel="], 1),
        (["cause=福利"], 1),
        (["cause=remuneration;welfare"], 1),
        (["cause=training"], 0),
        (["applied_on=2020.3.2"], 1),
        (["claim_amount=12,345.5"], 1),
        (["extended=是"], 1),
        (["extended="], 1),
        (["workers=1"], 2),
        (["case_no=京怀[2020]1号"], 1),
        (["applicant=王五"], 1),
        (["workers=1", "channel=online"], 1),
        (["applicant=王五", "channel=online"], 0),
        (["remarks="], 2),
        (["due_on=2020-05-06"], 1),
    ),
)
def test_where_takes_keys_labels_and_nothing(two: Line, where: list[str], found: int) -> None:
    words = [word for one in where for word in ("--where", one)]
    assert len(two.json("list", "disputes", *words)) == found


def test_figures_do_not_load_how_characters_are_read(two: Line) -> None:
    program = (
        "import sys; from tracker.cli import main; "
        f"status = main(['stats', '--year', '2020', '--file', {str(two.path)!r}]); "
        "sys.exit(status or 'pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_search(two: Line) -> None:
    assert [row["applicant"] for row in two.json("list", "disputes", "--search", "王五")] == ["王五"]
    assert [row["applicant"] for row in two.json("list", "disputes", "--search", "ww")] == ["王五"]
    assert [row["applicant"] for row in two.json("list", "disputes", "--search", "wangw")] == ["王五"]
    assert two.json("list", "disputes", "--search", "无此人") == []
    assert len(two.json("list", "disputes", "--search", "\udcff")) == 2


def test_stats_tell_the_fixed_shape(two: Line) -> None:
    told = two.json("stats", "--year", "2020", "--as-of", "2020-12-25")
    assert told["period"] == {"begin": "2020-01-01", "end": "2020-12-31", "as_of": "2020-12-25"}
    assert [figure["key"] for figure in told["indicators"]] == [indicator.key for indicator in INDICATORS]
    figures = {figure["key"]: figure for figure in told["indicators"]}
    accepted = figures["disputes.accepted"]
    assert {k: accepted[k] for k in ("unit", "value", "numerator", "denominator", "previous", "change")} == {
        "unit": "件",
        "value": "1",
        "numerator": 1,
        "denominator": None,
        "previous": "0",
        "change": None,
    }
    rate = figures["disputes.closure_rate"]
    assert (rate["value"], rate["numerator"], rate["denominator"], rate["unit"]) == ("0.00", 0, 1, "%")
    nothing = figures["disputes.mediation_share"]
    assert (nothing["value"], nothing["numerator"], nothing["denominator"]) == (None, 0, 0)
    assert figures["disputes.claim_amount"]["value"] == "12345.50"
    causes = figures["disputes.by_cause"]
    assert causes["value"] is None and causes["parts"] == {"remuneration": "1"}
    assert figures["disputes.by_month"]["parts"] == {"2020-03": "1"}
    for figure in told["indicators"]:
        broken = isinstance(BY_KEY[figure["key"]].measure, Breakdown)
        assert ("parts" in figure) == broken
        assert figure["label"] and figure["definition"] and figure["unit"]
        assert set(figure) - {"parts"} == {
            "key",
            "label",
            "unit",
            "value",
            "numerator",
            "denominator",
            "previous",
            "change",
            "definition",
        }


def test_stats_of_some_keys_come_in_the_order_asked_for(two: Line) -> None:
    told = two.json(
        "stats", "--from", "2020-01-01", "--to", "2020-03-31", "petitions.received", "disputes.accepted"
    )
    assert [figure["key"] for figure in told["indicators"]] == ["petitions.received", "disputes.accepted"]
    assert told["period"]["as_of"] == "2020-03-31"


@pytest.mark.parametrize(
    "key", some([i.key for i in INDICATORS if isinstance(i.measure, Count | Ratio | Breakdown)], 6)
)
def test_the_rows_behind_a_figure_are_listed(many: Line, key: str) -> None:
    period = ("--year", "2020", "--as-of", "2020-11-30")
    (figure,) = many.json("stats", *period, key)["indicators"]
    rows = many.json("list", BY_KEY[key].ledger, *period, "--indicator", key)
    measure = BY_KEY[key].measure
    if isinstance(measure, Count):
        assert len(rows) == figure["numerator"]
    elif isinstance(measure, Breakdown) and isinstance(measure.of, Count):
        assert len(rows) == sum(map(int, figure["parts"].values()))
    elif isinstance(measure, Ratio) and isinstance(measure.denominator, Count) and BY_KEY[key].relative:
        if measure.denominator.ledger:  # the rows are those of the numerator's ledger alone
            return
        assert len(rows) >= figure["denominator"] >= figure["numerator"] or key.endswith("_on_hand")
    assert len({row["uid"] for row in rows}) == len(rows)


def test_a_list_is_written_as_its_records_come(capsys: pytest.CaptureFixture[str]) -> None:
    written = ""

    def members() -> Iterator[object]:
        nonlocal written
        for n in range(3):
            assert written.count("汉") == n  # those before are out already
            yield {"n": n, "text": "汉\n"}
            written += capsys.readouterr().out

    printing.listed(members())
    written += capsys.readouterr().out
    assert json.loads(written) == [{"n": n, "text": "汉\n"} for n in range(3)]
    printing.listed(())
    assert json.loads(capsys.readouterr().out) == []


def test_ledgers_are_described(many: Line) -> None:
    described = many.json("ledgers")
    assert [one["name"] for one in described] == list(BY_NAME)
    (petitions,) = many.json("ledgers", "petitions")
    fields = {field["key"]: field for field in petitions["fields"]}
    assert fields["channel"]["codes"][0] == {"key": "letter", "label": "来信"}
    assert fields["due_on"]["derived"] is True and fields["persons"]["default"] == 1
    assert (fields["subject"]["type"], fields["subject"]["required"]) == ("code", True)


def test_general_options_stand_before_or_after(two: Line) -> None:
    after = two.json("list", "disputes")
    assert main(["--json", "--file", str(two.path), "list", "disputes"]) == 0
    assert json.loads(two.capsys.readouterr().out) == after


@pytest.mark.parametrize(("lang", "label"), (("zh_CN", "受理"), ("en", "accepted")))
def test_language_is_chosen(two: Line, lang: str, label: str) -> None:
    for words in (("--lang", lang, "stats"), ("stats", "--lang", lang)):
        _status, out, _err = two(*words, "--year", "2020", "disputes.accepted")
        assert label in out
    assert two.json("--lang", lang, "list", "disputes", "--where", "channel=网上")


@pytest.mark.parametrize("command", ("", *COMMANDS))
def test_help_is_in_the_language_asked_for_each_time(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for lang in ("zh_CN", "en", "zh_CN"):
        assert main(["--lang", lang, *([command] if command else []), "--help"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[2] != told[1]
    assert "数据文件" in told[0] and "The data file" in told[1]


def test_tables_are_aligned_for_eyes(two: Line) -> None:
    status, out, _err = two("list", "disputes")
    assert status == 0
    first = [DISPUTES.field(key).title() for key in DISPUTES.columns[:2]]
    assert out.splitlines()[0].split()[:2] == first and "2" in out.splitlines()[-1]


@pytest.mark.parametrize(
    "words",
    (
        ["stats", "--year", "2020", "--from", "2020-01-01"],
        ["stats"],
        ["stats", "--from", "2020-01-01"],
        ["stats", "--as-of", "2020-01-01"],
        ["stats", "--year", "20"],
        ["stats", "--year", "x"],
        ["stats", "--year", "2020", "disputes.unknown"],
        ["stats", "--from", "2020-02-30", "--to", "2020-03-01"],
        ["list"],
        ["list", "gates"],
        ["list", "disputes", "--where", "moon=1"],
        ["list", "disputes", "--where", "channel"],
        ["list", "disputes", "--where", "channel=space"],
        ["list", "disputes", "--where", "applied_on=2020-02-30"],
        ["list", "disputes", "--indicator", "disputes.accepted"],
        ["list", "petitions", "--indicator", "disputes.accepted", "--year", "2020"],
        ["fly"],
        ["stats", "--fly"],
        ["--lang", "fr", "ledgers"],
        ["ledgers", "gates"],
        ["template", "gates", "--out", "t.xlsx"],
        ["workbook", "--year", "2020"],
        ["import", "disputes"],
        ["demo"],
    ),
)
def test_a_word_that_is_not_understood_is_2(two: Line, words: list[str]) -> None:
    before = sorted(two.path.parent.iterdir())
    status, out, err = two(*words)
    assert (status, out) == (2, "")
    assert err and "Traceback" not in err
    assert sorted(two.path.parent.iterdir()) == before


def test_a_period_that_ends_before_it_begins_is_told(two: Line) -> None:
    status, out, err = two("stats", "--from", "2020-03-01", "--to", "2020-02-01")
    assert status in (1, 2) and out == "" and "2020-02-01" in err


@pytest.mark.parametrize(
    "words",
    (["stats", "--year", "2020"], ["list", "disputes"], ["workbook", "--year", "2020", "--out", "w.xlsx"]),
)
def test_a_missing_file_is_told_and_not_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str]
) -> None:
    words = [str(tmp_path / word) if word.endswith(".xlsx") else word for word in words]
    for path in (tmp_path / "no.db", tmp_path / "nowhere" / "no.db"):
        status, out, err = Line(capsys, path)(*words)
        assert (status, out) == (1, "") and str(path) in err and len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_office_s_own_file_is_the_default(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["stats", "--year", "2020"]) == 1
    assert str(paths.default_file()) in capsys.readouterr().err
    assert list(home.iterdir()) == []
    paths.default_file().parent.mkdir(parents=True)
    new_office(paths.default_file(), WHO).close()
    assert main(["stats", "--year", "2020"]) == 0


def test_who_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.operations.office import who_acts  # beside what it is about

    monkeypatch.setenv("CASE_TRACKER_CLERK", "环境里的人\udcff")
    assert (who_acts().clerk, who_acts("名下的人").clerk) == ("环境里的人", "名下的人")
    monkeypatch.delenv("CASE_TRACKER_CLERK")
    monkeypatch.setenv("LOGNAME", "somebody")
    assert who_acts().clerk == "somebody"


def program(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as it is started."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-W", "error", "-m", "tracker", *words]
    return subprocess.run(command, env=given, capture_output=True, encoding="utf-8", timeout=60, check=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_takes_nothing_more_is_told(two: Line) -> None:
    command = [
        sys.executable,
        "-m",
        "tracker",
        "--lang",
        "en",
        "--file",
        str(two.path),
        "list",
        "disputes",
        "--json",
    ]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=60, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("The output cannot be ") and len(done.stderr.splitlines()) == 1


def test_without_a_screen_there_is_one_sentence() -> None:
    done = program(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert all(command in done.stderr for command in COMMANDS)


def test_figures_load_neither_qt_nor_spreadsheets(crowded: Path) -> None:
    code = (
        "import sys; from tracker.cli import main; status = main(sys.argv[1:]); "
        "slow = {'PySide6', 'openpyxl', 'python_calamine', 'docx', 'lxml', 'holidays'}; "
        "assert not slow & set(sys.modules); sys.exit(status)"
    )
    given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    words = ["stats", "--year", "2020", "--file", str(crowded), "--json"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=given, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())["period"]["begin"] == date(2020, 1, 1).isoformat()


def test_click_speaks_chinese_around_our_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "没有命令 'nothing'" in capsys.readouterr().err
    assert main(["--lang", "en", "nothing"]) == 2
    assert "No such command 'nothing'" in capsys.readouterr().err


@pytest.mark.logs_errors
def test_a_column_that_is_gone_is_told_without_a_trace(two: Line, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(two.path)) as other, other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("UPDATE sqlite_master SET sql = replace(sql, 'created_by', 'created_bx')")
    assert main(["list", "disputes", "--json", "--file", str(two.path)]) == 1
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.splitlines()) == 1 and "Traceback" not in told.err
    assert "disputes.created_bx" in told.err


def test_figures_of_an_own_field_are_told_and_their_rows_listed(two: Line) -> None:
    office = open_office(two.path)
    key, _changed = customising.add_field(office, DISPUTES, "批次", "code", ["春季", "秋季"])
    field = office.catalogue.by_name["disputes"].field(key)
    assert isinstance(field, Choice)
    code = field.codes[0].key
    (uid,) = office.db.rows("SELECT uid FROM disputes WHERE applied_on >= '2020-01-01'")[0]
    editing.save(office, office.catalogue.by_name["disputes"], {key: code}, uid)
    office.close()
    period = ("--year", "2020")
    (figure,) = two.json("stats", *period, f"disputes.by_{key}")["indicators"]
    rows = two.json("list", "disputes", *period, "--indicator", f"disputes.by_{key}")
    assert figure["parts"] == {code: "1"} and [row["uid"] for row in rows] == [uid]
