"""A sheet's rows become new, changed or unchanged records, or problems; all of them or none."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.effort import tries
from tests.office import new_office
from tracker import i18n
from tracker.attached import BY_NAME
from tracker.db import history, records
from tracker.db.history import Who
from tracker.errors import Cancelled, UserError
from tracker.ledgers import LEDGERS
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations import attached, editing, importing
from tracker.operations.exporting import export_list
from tracker.operations.importing import ImportRefused, ImportResult, Plan
from tracker.operations.office import Office
from tracker.schema.fields import Choice, Choices, Count, Day, Field, Money, Value, YesNo
from tracker.schema.ledger import Ledger

Row = dict[str, object]
GOOD: Row = {"case_no": "1号", "applied_on": date(2020, 1, 6), "applicant": "张三", "respondent": "甲公司"}
KEPT = {"case_no": "1号", "applied_on": "2020-01-06", "applicant": "张三", "respondent": "甲公司"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "office.db", Who("赵敏", "front-desk"))
    yield made
    made.close()


def sheet(folder: Path, rows: list[Row], name: str = "sheet.xlsx", above: int = 0) -> Path:
    """A sheet with the rows' keys as headings, so many title rows above them."""
    book = Workbook()
    page = book.active
    assert page is not None
    for _n in range(above):
        page.append(["登记表"])
    keys = list(dict.fromkeys(key for row in rows for key in row))
    page.append(keys)
    for row in rows:
        page.append([row.get(key) for key in keys])
    book.save(folder / name)
    return folder / name


def plan_of(office: Office, folder: Path, rows: list[Row], **options: object) -> Plan:
    return importing.read_plan(office, DISPUTES, sheet(folder, rows), **options)  # type: ignore[arg-type]


def take_in(office: Office, folder: Path, rows: list[Row], **options: object) -> ImportResult:
    return importing.carry_out(office, plan_of(office, folder, rows, **options))


def stored(office: Office, number: str = "1号", ledger: Ledger = DISPUTES) -> records.Record:
    (record,) = records.by_number(office.db, ledger, number)
    return record


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    return result.read, result.inserted, result.updated, result.unchanged, result.skipped


def test_new_rows_become_records_with_history(office: Office, tmp_path: Path) -> None:
    done = take_in(
        office, tmp_path, [GOOD, {**GOOD, "case_no": "2号", "workers": 12, "claim_amount": 1200.5}]
    )
    assert counts(done) == (2, 2, 0, 0, 0) and done.changed.ledgers == {"disputes"}
    second = stored(office, "2号")
    kept = [second[key] for key in ("workers", "claim_amount", "no", "applicant_kind")]
    assert kept == [12, 120_050, 2, "worker"]
    (entry,) = history.of_record(office.db, str(second["uid"]))
    assert (entry.kind, entry.note, entry.action, entry.clerk) == ("import", "sheet.xlsx", "insert", "赵敏")


def test_new_rows_are_found_by_searching(office: Office, tmp_path: Path) -> None:
    rows = [{**GOOD, "case_no": f"{n}号", "applicant": f"申请人{n:04d}"} for n in range(1, 701)]
    take_in(office, tmp_path, rows)
    for bulk in ("申请人0123", "申请人0700"):
        assert records.count(office.db, records.Query(DISPUTES, search=bulk)) == 1
    editing.save(office, DISPUTES, {**KEPT, "case_no": "701号", "applicant": "申请人0701"})
    assert records.count(office.db, records.Query(DISPUTES, search="申请人0701")) == 1


def test_a_known_number_updates_and_leaves_what_is_empty_or_absent(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [{**GOOD, "arbitrator": "陈立新", "clerk": "赵敏"}])
    uid = stored(office)["uid"]
    row = {"case_no": " 第０１号", "arbitrator": None, "clerk": "钱进"}
    assert counts(take_in(office, tmp_path, [row])) == (1, 0, 1, 0, 0)
    now = stored(office)
    assert (now["uid"], now["case_no"], now["arbitrator"], now["clerk"]) == (uid, "1号", "陈立新", "钱进")
    latest = list(history.of_record(office.db, str(uid)))[-1]
    assert latest.changes == {"clerk": ["赵敏", "钱进"]}


@pytest.mark.parametrize(
    ("applicant", "told"), [("李四", True), ("张三、王五", False), ("张三等3人", False), (None, False)]
)
def test_a_number_that_is_another_persons_case_is_told(
    office: Office, tmp_path: Path, applicant: str | None, told: bool
) -> None:
    take_in(office, tmp_path, [{**GOOD, "applicant": "张三"}])
    plan = plan_of(office, tmp_path, [{**GOOD, "applicant": applicant, "clerk": "钱进"}])
    assert len(plan.updates) == 1
    assert [(w.row, w.field, w.value) for w in plan.warnings] == [(2, "applicant", "李四")] * told
    assert all("张三 → 李四" in w.message and "钱进" not in w.message for w in plan.warnings)


def test_clear_empty_clears_cells_that_are_empty_not_columns_that_are_absent(
    office: Office, tmp_path: Path
) -> None:
    take_in(office, tmp_path, [{**GOOD, "arbitrator": "陈立新", "clerk": "赵敏", "workers": 3}])
    row = {"case_no": "1号", "arbitrator": None, "workers": None}
    assert counts(take_in(office, tmp_path, [row], clear_empty=True)) == (1, 0, 1, 0, 0)
    now = stored(office)
    assert (now["arbitrator"], now["clerk"], now["workers"]) == (None, "赵敏", 1)


def test_an_identical_sheet_changes_nothing(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [GOOD])
    before, again = history.heads(office.db), take_in(office, tmp_path, [GOOD])
    assert counts(again) == (1, 0, 0, 1, 0) and not again.changed.ledgers
    assert history.heads(office.db) == before
    assert office.db.one("SELECT count(*) FROM operations WHERE kind = 'import'") == (1,)


BAD: dict[str, tuple[Row, str]] = {
    "impossible day": ({"applied_on": "2020-02-30"}, "applied_on"),
    "closed before accepted": (
        {"accepted_on": "2020-03-01", "closed_on": "2020-02-01", "closing_method": "调解"},
        "closed_on",
    ),
    "unknown code": ({"cause": "劳动报酬、合同纠纷"}, "cause"),
    "no number": ({"case_no": None}, "case_no"),
    "masked number": ({"case_no": "京******1"}, "case_no"),
    "missing name": ({"respondent": " "}, "respondent"),
    "negative amount": ({"claim_amount": -5}, "claim_amount"),
    "Chinese numerals": ({"claim_amount": "一万二千元"}, "claim_amount"),
    "no workers": ({"workers": 0}, "workers"),
    "closed without method": ({"closed_on": "2020-02-01"}, "closing_method"),
    "a number as a day": ({"applied_on": 4383}, "applied_on"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_keeps_all_rows_out_and_can_be_skipped(office: Office, tmp_path: Path, name: str) -> None:
    wrong, field = BAD[name]
    plan = plan_of(office, tmp_path, [GOOD, {**GOOD, "case_no": "2号", **wrong}])
    assert [(p.row, p.field) for p in plan.problems] == [(3, field)] and plan.problems[0].message.endswith(
        "。"
    )
    with pytest.raises(ImportRefused) as refused:
        importing.carry_out(office, plan)
    assert counts(refused.value.result) == (2, 0, 0, 0, 2)
    assert records.count(office.db, records.Query(DISPUTES)) == 0
    assert counts(importing.carry_out(office, plan, skip_problems=True)) == (2, 1, 0, 0, 1)
    assert records.count(office.db, records.Query(DISPUTES)) == 1


def test_a_problem_in_json_names_row_field_and_value(office: Office, tmp_path: Path) -> None:
    plan = plan_of(office, tmp_path, [GOOD, {"case_no": "2号", "applied_on": "2020-02-30"}])
    told = importing.result(plan).as_json()
    assert list(told) == ["read", "inserted", "updated", "unchanged", "skipped", "problems", "warnings"]
    first = told["problems"][0]  # type: ignore[index]
    assert (first["row"], first["field"], first["value"]) == (3, "applied_on", "2020-02-30")


def test_a_number_twice_names_the_other_row(office: Office, tmp_path: Path) -> None:
    plan = plan_of(office, tmp_path, [GOOD, {**GOOD, "case_no": "第001号"}])
    (problem,) = plan.problems
    assert (problem.row, problem.field) == (3, "case_no") and "第 2 行" in problem.message


def test_the_number_of_a_binned_record_is_a_problem_that_names_it(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [GOOD])
    editing.bin_records(office, DISPUTES, [str(stored(office)["uid"])])
    (problem,) = plan_of(office, tmp_path, [GOOD]).problems
    assert "1号" in problem.message and "回收站" in problem.message


def test_masked_values_leave_the_field(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [{**GOOD, "remarks": "电话13812341234"}])
    row = {**GOOD, "applicant": "张*", "remarks": "138****1234"}
    assert counts(take_in(office, tmp_path, [row], clear_empty=True)) == (1, 0, 0, 1, 0)
    fresh = plan_of(office, tmp_path, [{**GOOD, "case_no": "2号", "remarks": "138****1234"}])
    assert not fresh.problems and [w.field for w in fresh.warnings] == ["remarks"]


def test_derived_and_system_columns_are_compared_not_read(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [{**GOOD, "accepted_on": "2020-01-06"}])
    kept = stored(office)
    same: Row = {key: kept[key] for key in ("case_no", "uid", "no", "due_on", "created_at", "updated_by")}
    assert plan_of(office, tmp_path, [same]).warnings == ()
    plan = plan_of(office, tmp_path, [{**same, "due_on": date(2020, 1, 1), "no": 9}])
    assert {w.field for w in plan.warnings} == {"due_on", "no"} and plan.unchanged == 1
    new = plan_of(office, tmp_path, [{**GOOD, "case_no": "5号", "uid": "x", "due_on": None}])
    assert [(w.row, w.field) for w in new.warnings] == [(1, "uid")] and len(new.inserts) == 1


def test_columns_that_cannot_be_understood(office: Office, tmp_path: Path) -> None:
    strange = plan_of(office, tmp_path, [{**GOOD, "经办科室": "一庭", "organisation": "某镇调委会"}])
    told = [(w.field, w.value) for w in strange.warnings]  # the body is not among the organisations, either
    assert told == [("", "经办科室"), ("organisation", "某镇调委会")] and not strange.problems
    twice = plan_of(office, tmp_path, [{**GOOD, "案号": "7号"}])
    assert [(p.row, p.field) for p in twice.problems] == [(1, "case_no")] and twice.read == 1
    assert counts(importing.carry_out(office, twice, skip_problems=True)) == (1, 0, 0, 0, 1)
    without = plan_of(office, tmp_path, [{key: value for key, value in GOOD.items() if key != "case_no"}])
    assert [(p.row, p.field) for p in without.problems] == [(1, "case_no")]


def test_rows_keep_the_spreadsheets_numbers_and_blank_ones_are_passed_over(
    office: Office, tmp_path: Path
) -> None:
    rows = [GOOD, {}, {**GOOD, "case_no": "2号", "applied_on": "昨天"}]
    path = sheet(tmp_path, rows, above=2)
    plan = importing.read_plan(office, DISPUTES, path)
    assert plan.read == 2 and [p.row for p in plan.problems] == [6]


def test_lost_digits_are_told(office: Office, tmp_path: Path) -> None:
    plan = plan_of(office, tmp_path, [{**GOOD, "remarks": 110101199001011234}])
    assert [w.field for w in plan.warnings] == ["remarks"] and not plan.problems


def test_truth_values_are_not_taken_for_numbers(office: Office, tmp_path: Path) -> None:
    rows: list[Row] = [{**GOOD, "workers": 1, "extended": True, "accepted_on": "2020-01-06"}]
    rows.append({**GOOD, "case_no": "2号", "workers": True, "extended": 0})
    plan = plan_of(office, tmp_path, rows)
    assert [(p.row, p.field) for p in plan.problems] == [(3, "workers")] and plan.inserts[0]["extended"] == 1


def test_amounts_in_tens_of_thousands(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [{**GOOD, "申请标的额（万元）": 3.57, "结案金额（万元）": "1.2"}])
    assert (stored(office)["claim_amount"], stored(office)["settled_amount"]) == (3_570_000, 1_200_000)


def test_text_in_gb18030(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerow(["案号", "申请日期", "申请人", "被申请人"])
        csv.writer(stream).writerow(["1号", "2020年1月6日", "张三", "甲公司"])
    importing.carry_out(office, importing.read_plan(office, DISPUTES, path))
    assert {key: stored(office)[key] for key in KEPT} == KEPT


def test_a_file_without_headings_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="表头"):
        plan_of(office, tmp_path, [{"甲": 1, "乙": 2}])


def test_the_sheet_named_as_the_ledger_is_read_before_others(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("别的").append(["案号", "申请日期"])
    book.create_sheet(DISPUTES.title()).append(["案号", "申请人"])
    book.save(tmp_path / "a.xlsx")
    assert importing.read_plan(office, DISPUTES, tmp_path / "a.xlsx").sheet == DISPUTES.title()
    assert importing.read_plan(office, DISPUTES, tmp_path / "a.xlsx", "别的").sheet == "别的"


def test_a_file_that_changed_since_the_plan_is_not_written(office: Office, tmp_path: Path) -> None:
    plan = plan_of(office, tmp_path, [GOOD])
    editing.save(office, DISPUTES, KEPT)
    with pytest.raises(UserError, match="重新读取"):
        importing.carry_out(office, plan)
    assert records.count(office.db, records.Query(DISPUTES)) == 1


class Stopping(importing.Silent):
    """Asks to stop when the records are written."""

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        if done == total:
            raise Cancelled


def test_stopping_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    plan = plan_of(office, tmp_path, [GOOD])
    with pytest.raises(Cancelled):
        importing.carry_out(office, plan, progress=Stopping())
    assert records.count(office.db, records.Query(DISPUTES)) == 0


def test_a_time_of_day_survives_a_sheet_that_has_only_the_day(office: Office, tmp_path: Path) -> None:
    row: Row = {
        "record_no": "1",
        "checked_on": datetime(2020, 1, 6, 9, 30),
        "place": "甲",
        "officers": "张三、李四",
    }
    row |= {"target": "乙", "kind": "专项", "items": "工资支付"}
    importing.carry_out(office, importing.read_plan(office, INSPECTIONS, sheet(tmp_path, [row])))
    again = sheet(tmp_path, [{**row, "checked_on": date(2020, 1, 6)}])
    assert importing.read_plan(office, INSPECTIONS, again).unchanged == 1
    assert stored(office, "1", INSPECTIONS)["checked_on"] == "2020-01-06T09:30"


@pytest.mark.parametrize("language", ["chinese", "english"])
@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_the_template_can_be_read_and_holds_no_record(
    office: Office, tmp_path: Path, ledger: Ledger, language: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(language)
    importing.template(ledger, tmp_path / "t.xlsx")
    plan = importing.read_plan(office, ledger, tmp_path / "t.xlsx")
    assert plan.read == 0 and not plan.problems and not plan.warnings
    assert {column.field for column in plan.mapping.columns} == set(ledger.inputs)


def test_what_is_typed_into_the_template_stays_text_where_it_is(
    tmp_path: Path, libreoffice: Callable[..., Path]
) -> None:
    """Columns have formats, not cells: a spreadsheet has to keep them for any row."""
    importing.template(DISPUTES, tmp_path / "t.xlsx")
    for path in (tmp_path / "t.xlsx", libreoffice(tmp_path / "t.xlsx")):
        sheet = load_workbook(path).worksheets[0]
        columns = {str(cell.value).rstrip("*"): cell.column_letter for cell in sheet[1]}
        said = [sheet.column_dimensions[columns[name]].number_format for name in ("案号", "申请日期")]
        assert [one.replace("\\", "") for one in said] == ["@", "yyyy-mm-dd"]
        assert sheet.max_row == 1


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda text: "*" not in text and text.strip() == text
)
DAYS = st.dates(date(1950, 1, 1), date(2190, 12, 31)).map(date.isoformat)


def values_of(field: Field) -> st.SearchStrategy[Value]:
    """What a field may hold."""
    if isinstance(field, Choices):
        keys = [code.key for code in field.codes]
        return st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True).map(";".join)
    if isinstance(field, Choice):
        return st.sampled_from([code.key for code in field.codes])
    if isinstance(field, Day):
        return DAYS
    if isinstance(field, Money):
        return st.integers(0, 10**13)
    if isinstance(field, Count):
        return st.integers(field.minimum, 10**9)
    return st.sampled_from([0, 1]) if isinstance(field, YesNo) else TEXT


@st.composite
def dispute(draw: st.DrawFn) -> dict[str, Value]:
    """Any dispute that may be saved."""
    made: dict[str, Value] = {}
    for field in DISPUTES.inputs:
        if field.required or draw(st.booleans()):
            made[field.key] = draw(values_of(field))
    for _n in range(3):  # what breaks a rule is left out, and what then lacks its partner
        broken = {problem.field for problem in DISPUTES.problems(made) if not problem.warning}
        made = {key: value for key, value in made.items() if key not in broken}
    refused = any(not problem.warning for problem in DISPUTES.problems(made))
    return {**KEPT, "remarks": draw(TEXT)} if refused else made


@settings(max_examples=tries(8))
@given(st.lists(dispute(), min_size=1, max_size=6), st.sampled_from(["zh_CN", "en"]))
def test_what_is_exported_comes_back_unharmed(made: list[dict[str, Value]], language: str) -> None:
    rows = [{**row, "case_no": f"〔2020〕第{n}号"} for n, row in enumerate(made, 1)]
    i18n.use(language)
    with TemporaryDirectory() as folder:
        one, other = (new_office(Path(folder) / name, Who("甲", "乙")) for name in ("one.db", "other.db"))
        for row in rows:
            editing.save(one, DISPUTES, row)
        path = Path(folder) / "out.xlsx"
        export_list(one, records.Query(DISPUTES), [f.key for f in DISPUTES.inputs], path)
        same = importing.read_plan(one, DISPUTES, path)
        assert (same.unchanged, same.problems, same.updates) == (len(rows), (), ())
        importing.carry_out(other, importing.read_plan(other, DISPUTES, path))
        keys = [field.key for field in DISPUTES.inputs]
        query = records.Query(DISPUTES, sort=(("case_no", False),))
        assert list(records.each(one.db, query, keys)) == list(records.each(other.db, query, keys))
        one.close()
        other.close()


def test_a_row_with_a_wrong_cell_also_says_what_it_lacks(office: Office, tmp_path: Path) -> None:
    wrong: Row = {**GOOD, "case_no": "2号", "respondent": None, "closed_on": "2020-02-30"}
    plan = plan_of(office, tmp_path, [GOOD, wrong])
    assert [(p.row, p.field) for p in plan.problems] == [(3, "closed_on"), (3, "respondent")]
    take_in(office, tmp_path, [GOOD])
    known: Row = {"case_no": "1号", "closed_on": "2020-02-30"}
    assert [p.field for p in plan_of(office, tmp_path, [known]).problems] == ["closed_on"]


def test_a_record_that_keeps_events_is_not_overruled_by_a_sheet(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, [{**GOOD, "accepted_on": date(2020, 3, 4)}])
    event: dict[str, Value] = {"kind": "suspension", "title": "中止", "happened_on": "2020-03-11"}
    hearing: dict[str, Value] = {"kind": "hearing", "title": "开庭", "happened_on": "2020-04-09T09:30"}
    uid = str(stored(office)["uid"])
    attached.save(office, DISPUTES, uid, BY_NAME["events"], [{**event, "until": "2020-03-20"}, hearing])
    rows: list[Row] = [{"case_no": "1号", "suspended_days": 99, "due_on": "2020-04-28", "extended": "是"}]
    result = take_in(office, tmp_path, rows)
    assert counts(result) == (1, 0, 1, 0, 0)
    assert [(w.row, w.field, w.value) for w in result.warnings if w.field == "suspended_days"] == [
        (2, "suspended_days", "99")
    ]
    found = stored(office)
    assert (found["suspended_days"], found["extended"], found["due_on"]) == (10, 1, "2020-05-13")
    assert counts(take_in(office, tmp_path, [{"case_no": "1号", "suspended_days": 10}])) == (1, 0, 0, 1, 0)
    told = take_in(office, tmp_path, [{"case_no": "1号", "heard_on": date(2020, 4, 8)}])
    assert counts(told) == (1, 0, 0, 1, 0) and stored(office)["heard_on"] == "2020-04-09"
    assert [(w.field, w.value) for w in told.warnings] == [("heard_on", "2020-04-08")]
