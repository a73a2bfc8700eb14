"""Sheets, templates and pictures made wrong: taken in right or refused in one sentence, and nothing is changed else."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import docx
import pytest
import xlwt
from openpyxl import Workbook, load_workbook

from tests.effort import tries
from tests.hostile.bounds import bounded, told
from tests.hostile.makers import PICTURES, bombs, bytes_changed, lines, part_changed
from tests.office import WHO, new_office
from tests.unit.test_undoing import case
from tracker.db.records import Query
from tracker.exchange import documents
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attachments, importing
from tracker.operations.attachments import Incoming
from tracker.operations.exporting import export_list
from tracker.operations.importing import ImportRefused
from tracker.operations.verifying import verify

TRIES = tries(2)
"""So many files of each kind."""
HEAD = ("案号", "申请日期", "申请人", "被申请人", "请求金额")
ROWS = [(f"{n}号", "2020-01-06", "张三", "甲公司", 100 + n) for n in range(1, 6)]
Made = Iterator[tuple[str, bytes]]


def xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *ROWS):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("1")
    for n, row in enumerate((HEAD, *ROWS)):
        for place, cell in enumerate(row):
            sheet.write(n, place, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def page() -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td colspan=1>{cell}</td>" for cell in row) + "</tr>" for row in (HEAD, *ROWS)
    )
    return f"<html><meta charset=utf-8><table>{rows}</table></html>".encode()


def old_xml() -> bytes:
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in (HEAD, *ROWS)
    )
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="1"><Table>'
        f"{rows}</Table></Worksheet></Workbook>"
    ).encode()


def entities() -> Made:
    """The tricks of XML, in every place in which XML is read."""
    from tests.hostile.makers import ENTITIES, OUTSIDE, packed, parts

    held = parts(xlsx())
    for told_of in (ENTITIES, OUTSIDE):
        for name in held:
            for entity in (b"&k;", b"&a;"):
                data = held[name].replace(b"?>", b"?>" + told_of, 1)
                if data == held[name]:
                    data = told_of + data
                yield (
                    "xlsx",
                    packed(
                        {
                            **held,
                            name: data.replace(b"</t>", entity + b"</t>").replace(b"1</v>", entity + b"</v>"),
                        }
                    ),
                )
        for entity in (b"&k;", b"&a;"):
            yield "xml", old_xml().replace(b"?>", b"?>" + told_of, 1).replace("张三".encode(), entity)
            yield "html", told_of + page().replace("张三".encode(), entity)


def mutated(suffix: str, content: bytes, *how: Callable[[bytes, Random], bytes]) -> Callable[[], Made]:
    def made() -> Made:
        for seed in range(TRIES):
            random = Random(seed)
            for change in how:
                yield suffix, change(content, random)

    return made


KINDS: dict[str, Callable[[], Made]] = {
    "xlsx": mutated("xlsx", xlsx(), bytes_changed, part_changed, part_changed, part_changed),
    "xls": mutated("xls", xls(), bytes_changed, bytes_changed),
    "pages": mutated("xls", page(), bytes_changed),
    "old xml": mutated("xml", old_xml(), bytes_changed),
    "csv": lambda: (("csv", lines(Random(seed), ",".join(HEAD))) for seed in range(2 * TRIES)),
    "entities": entities,
    "bombs": lambda: (("xlsx", content) for _name, content in bombs(xlsx())),
}


@pytest.mark.parametrize("kind", KINDS)
def test_sheets(tmp_path: Path, kind: str) -> None:
    def all_of_them() -> str:
        count: Counter[str] = Counter()
        bad = []
        with closing(new_office(tmp_path / "office.db", WHO)) as office:
            case(office, 900)
            before = office.db.rows("SELECT count(*), max(id) FROM history")
            for n, (suffix, content) in enumerate(KINDS[kind]()):
                path = tmp_path / f"{n}.{suffix}"
                path.write_bytes(content)

                def take_in(path: Path = path) -> None:
                    try:
                        plan = importing.read_plan(office, DISPUTES, path)
                        importing.carry_out(office, plan, skip_problems=True)
                    except ImportRefused:
                        pass  # with problems by row

                said = told(take_in)
                after = office.db.rows("SELECT count(*), max(id) FROM history")
                if said and after != before:
                    said = f"DEFECT changed though refused: {said}"
                before = after
                count["refused" if said else "read"] += 1
                bad += [[n, said]] if said.startswith(("DEFECT", "no sentence")) else []
                path.unlink()
            texts = [str(row) for row in office.db.rows("SELECT * FROM disputes")]
            bad += [["entity", text] for text in texts if "root:" in text or "a" * 2000 in text]
            bad += [["verify", str(verify(office).faults)]] if not verify(office).sound else []
        return json.dumps([count, bad], ensure_ascii=False)

    report = bounded(all_of_them)
    assert report.startswith("["), report[:2000]
    count, bad = json.loads(report)
    print(f"{kind}: {count}")
    assert not bad, bad[:20]
    assert [path.name for path in tmp_path.iterdir() if path.suffix not in (".db", ".db-wal")] == []


def test_templates(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ case_no }} 张三")
    document.add_table(2, 2)
    buffer = io.BytesIO()
    document.save(buffer)
    content = buffer.getvalue()

    def all_of_them() -> str:
        count: Counter[str] = Counter()
        bad = []
        made = [bytes_changed(content, Random(seed)) for seed in range(TRIES)]
        made += [part_changed(content, Random(seed)) for seed in range(3 * TRIES)]
        made += [bomb for _name, bomb in bombs(content)]
        for n, one in enumerate(made):
            path = tmp_path / f"{n}.docx"
            path.write_bytes(one)

            def read(path: Path = path) -> None:
                opened = documents.open_template(documents.read_template(path), path.name)
                documents.as_bytes(opened)

            said = told(read)
            count["refused" if said else "read"] += 1
            bad += [[n, said]] if said.startswith(("DEFECT", "no sentence")) else []
        return json.dumps([count, bad], ensure_ascii=False)

    report = bounded(all_of_them)
    assert report.startswith("["), report[:2000]
    count, bad = json.loads(report)
    print(f"templates: {count}")
    assert not bad, bad[:20]


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_are_kept_and_never_looked_into(tmp_path: Path, picture: bytes) -> None:
    """The program shows no attached picture; it comes out as it came in."""
    with closing(new_office(tmp_path / "office.db", WHO)) as office:
        uid = case(office, 1)
        attachments.attach(office, DISPUTES, uid, [Incoming("../图\u202e.png", content=picture)])
        (found,) = attachments.of_record(office.db, uid)
        assert found.name == "图.png"
        assert attachments.copy_to_open(office.db, found, tmp_path).read_bytes() == picture
        assert not attachments.runs(office.db, found)


HOSTILE = (
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1",
    "\r=1",
    "'=1",
    "a\0b\x1b",
    "_x0041_",
    "x" * 40_000,
    "\u202e=1",
)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_goes_out_is_text(tmp_path: Path, suffix: str) -> None:
    """No cell of an export is a formula, and a spreadsheet can open all of it."""
    with closing(new_office(tmp_path / "office.db", WHO)) as office:
        with office.writing("entry") as writer:
            for n, text in enumerate(HOSTILE):
                writer.insert(
                    DISPUTES,
                    {
                        "case_no": f"{text}{n}",
                        "applied_on": "2020-03-02",
                        "applicant": text,
                        "respondent": text,
                    },
                )
        path = tmp_path / f"out.{suffix}"
        export_list(office, Query(DISPUTES), ("case_no", "applicant", "respondent"), path)
        if suffix == "csv":
            with path.open(encoding="utf-8-sig", newline="") as text_file:
                written = list(csv.reader(text_file))
            assert len(written) == len(HOSTILE) + 1
            cells = [cell.strip() for row in written for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
            return
        sheet = load_workbook(path).active
        assert sheet is not None and sheet.max_row == len(HOSTILE) + 1
        for row in sheet.iter_rows(min_row=2):
            assert {cell.data_type for cell in row} <= {"s", "inlineStr", "n"}
            assert all(cell.data_type != "f" and len(str(cell.value)) <= 32_767 for cell in row)
