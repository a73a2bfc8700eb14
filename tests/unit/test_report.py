"""The report: placeholders wherever Word puts them, every fault named with its place, nothing half written."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.demos import demo
from tests.effort import tries
from tests.office import WHO, new_office
from tests.unit.test_workbook import small_disk
from tracker.cli import main
from tracker.db import contents, history
from tracker.errors import UserError
from tracker.exchange import documents
from tracker.exchange.documents import MOST_TEXT, as_bytes, blocks, fill, open_template
from tracker.operations import customising, report, templates
from tracker.operations.office import Office, open_office
from tracker.period import Period
from tracker.schema.own import Number, OwnFigure
from tracker.settings import REPORT_TEMPLATE

YEAR = Period.year(2020, date(2020, 12, 25))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory, "huairou-2020")


@pytest.fixture
def office(path: Path) -> Iterator[Office]:
    office = open_office(path, readonly=True)
    yield office
    office.close()


def split(document: Document, *runs: str) -> None:
    """A paragraph of these runs, each with a look of its own, as Word leaves behind what was typed and corrected."""
    paragraph = document.add_paragraph()
    for n, text in enumerate(runs):
        paragraph.add_run(text).bold = n == 0


def template(tmp_path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(tmp_path / "T.docx"))
    return tmp_path / "T.docx"


def texts(path: Path) -> list[str]:
    return [block.text for block in blocks(docx.Document(str(path)))]


def refusal(office: Office, source: Path) -> str:
    """Why no report comes of a template; the older report stays as it was."""
    out = source.with_name("out.docx")
    out.write_bytes(b"older")
    with pytest.raises(UserError) as refused:
        report.report(office, YEAR, out, source)
    assert out.read_bytes() == b"older"
    assert not list(source.parent.glob(".*"))
    return str(refused.value)


# ---- filling in


def rich(folder: Path) -> Path:
    """Placeholders in split runs, a table, header, footer, footnote-like text box, link and beside tracked changes."""
    document = docx.Document()
    document.add_heading("{{ period.year }}年报告", 0)
    split(document, "受理{", "{ disp", "utes.", "accepted }", "}件，结案率{{disputes.closure_rate}", "}%。")
    cell = document.add_table(2, 2).cell(1, 1)
    cell.text = "{{ disputes.mediated }}"
    cell.add_table(1, 1).cell(0, 0).text = "{{ disputes.final_awards }}"
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ office.name }}"
    section.footer.paragraphs[0].text = "截至{{ period.as_of }}"
    box = document.add_paragraph("框外").add_run()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    box._r.append(
        parse_xml(
            f'<w:pict xmlns:w="{space}" xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>框内{{ petitions.persons }}</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )
    document.save(str(folder / "rich.docx"))
    return folder / "rich.docx"


EXPECTED = [
    "2020年报告",
    "受理2207件，结案率99.28%。",
    "1443",
    "143",
    "框外",
    "框内94",
    "怀柔区人力资源和社会保障局（演示）",
    "截至2020年12月25日",
]


def test_placeholders_are_filled_wherever_they_stand(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "R.docx"
    written = report.report(office, YEAR, out, rich(tmp_path))
    found = texts(out)
    assert found[:-2] == EXPECTED[:-2]
    assert found[-1] == EXPECTED[-1]
    assert found[-2] == office.setting("office")
    assert written.figures == 8
    runs = docx.Document(str(out)).paragraphs[1].runs
    assert [run.text for run in runs] == ["受理2207", "", "", "", "件，结案率99.28", "%。"]
    assert runs[0].bold


def test_what_word_puts_between_the_runs_does_not_matter(office: Office, tmp_path: Path) -> None:
    """Marks of proofing, bookmarks, revisions and languages, as Word saves what was typed in several goes."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    run = '<w:r w:rsidR="00A1"><w:rPr><w:lang w:eastAsia="zh-CN"/></w:rPr><w:t>{}</w:t></w:r>'
    inner = (
        run.format("共{{ ") + '<w:proofErr w:type="spellStart"/>' + run.format("disputes")
        + '<w:proofErr w:type="spellEnd"/><w:bookmarkStart w:id="1" w:name="a"/>' + run.format(".accepted")
        + '<w:del w:id="2" w:author="王"><w:r><w:delText>旧</w:delText></w:r></w:del>'
        + '<w:ins w:id="3" w:author="王">' + run.format(" }}件") + "</w:ins>"
    )  # fmt: skip
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f'<w:p xmlns:w="{space}">{inner}</w:p>'))
    document.save(str(tmp_path / "word.docx"))
    report.report(office, YEAR, tmp_path / "R.docx", tmp_path / "word.docx")
    assert texts(tmp_path / "R.docx") == ["共2207件"]


@given(st.text("abc年{}| .", max_size=30), st.lists(st.integers(1, 6), max_size=12))
def test_filling_in_is_the_same_however_the_text_is_cut(text: str, cuts: list[int]) -> None:
    """Against the same replacement made in one string."""
    document, at = docx.Document(), 0
    paragraph = document.add_paragraph()
    for cut in (*cuts, len(text)):
        paragraph.add_run(text[at : at + cut])
        at += cut
    known = {e: f"<{n}>" for n, e in enumerate(documents.PLACEHOLDER.findall(text))}
    fill(document, known)
    assert paragraph.text == documents.PLACEHOLDER.sub(lambda found: known[found.group(1)], text)


def test_words_with_marks_of_xml_stay_text(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ office.name }}")
    fill(document, {" office.name ": "<A> & B"})
    document.save(str(tmp_path / "a.docx"))
    assert texts(tmp_path / "a.docx") == ["<A> & B"]


# ---- faults


def test_every_fault_is_named_with_its_place_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("前言")
    document.add_paragraph("")
    document.add_paragraph("共受理争议{{ disputes.acepted }}件，办结率{{ petitions.completion_rate }}%")
    document.add_table(2, 3).cell(
        1, 2
    ).text = '{{ disputes.closure_rate|between("1999-01-01", "1999-12-31") }}'
    document.sections[0].header.paragraphs[0].text = "{{ disputes.by_cause }}"
    document.add_paragraph("{% for i in range(1000000000) %}x{% endfor %}")
    document.add_paragraph("未写完的{{ disputes.accepted }")
    document.save(str(tmp_path / "T.docx"))
    head, *lines = refusal(office, tmp_path / "T.docx").split("\n")
    assert head == "报告没有生成，以下各处写不出来，请改正模板“T.docx”或补齐记录："
    assert [line.partition("：")[0] for line in lines] == [
        "第2段（“共受理争议{{ disputes.acepted }}件，办结率{{ peti”）",
        "第3段（“{% for i in ra”）",
        "第4段（“未写完的{{ disputes.ac”）",
        "页眉 · 第1段（“{{ disputes.by_cause }}”）",
    ]
    assert "是不是“disputes.accepted”？" in lines[0]


@pytest.mark.parametrize(
    "text",
    [
        "{% include '/etc/passwd' %}",
        "{{ disputes.__init__.__globals__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ range(10**10)|list }}",
        "{{ self._TemplateReference__context }}",
        "{# note #}",
        "{{ {{ disputes.accepted }} }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    ],
)
def test_tricks_of_template_languages_are_refused_in_words(office: Office, tmp_path: Path, text: str) -> None:
    told = refusal(office, template(tmp_path, text))
    assert "第1段" in told
    assert "Traceback" not in told


def packed(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A document whose parts were changed."""
    buffer, parts = BytesIO(as_bytes(docx.Document())), {}
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return packed(change)


def field(instruction: str) -> bytes:
    document = docx.Document()
    node = OxmlElement("w:instrText")
    node.text = instruction
    document.add_paragraph().add_run()._r.append(node)
    return as_bytes(document)


DOCUMENT = "word/document.xml"
REMOTE = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="http://example.invalid/a.dotm" TargetMode="External"/></Relationships>'
)
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><w:document '
HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "已损坏或不是 .docx"),
    "text": ("不是文档".encode(), "已损坏或不是 .docx"),
    "old": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版 .doc 或设有密码"),
    "cut": (as_bytes(docx.Document())[:5000], "已损坏或不是 .docx"),
    "sheet": (packed(lambda parts: parts.pop(DOCUMENT)), "已损坏或不是 .docx"),
    "no types": (packed(lambda parts: parts.pop("[Content_Types].xml")), "已损坏或不是 .docx"),
    "no relations": (packed(lambda parts: parts.pop("_rels/.rels")), "已损坏或不是 .docx"),
    "no styles": (replaced(DOCUMENT, b"</w:body>", b"<w:p></w:body>"), "已损坏或不是 .docx"),
    "entities": (replaced(DOCUMENT, b"<w:document ", LAUGHS), "已损坏或不是 .docx"),
    "deep": (replaced(DOCUMENT, b"<w:body>", b"<w:body>" + b"<w:p>" * 5000), "已损坏或不是 .docx"),
    "macros": (packed(lambda parts: parts.update({"word/vbaProject.bin": b"x"})), "含有宏或控件"),
    "bomb": (packed(lambda parts: parts.update({"word/a.xml": b" " * (MOST_TEXT + 1)})), "太大"),
    "runs": (
        replaced(DOCUMENT, b"<w:body>", b"<w:body>" + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 40_000),
        "太大",
    ),
    "braces": (replaced(DOCUMENT, b"<w:body>", b"<w:body><w:p><w:r><w:t>" + b"{" * 2_000_000), "已损坏"),
    "remote": (replaced("word/_rels/document.xml.rels", b"</Relationships>", REMOTE), "引用了外部文件"),
    "dde": (field(" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "), "会读取外部内容的域（DDEAUTO）"),
    "include": (field('INCLUDETEXT "/etc/passwd"'), "会读取外部内容的域（INCLUDETEXT）"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_damaged_and_hostile_documents_get_one_sentence(office: Office, tmp_path: Path, name: str) -> None:
    content, sentence = HOSTILE[name]
    source = tmp_path / "T.docx"
    source.write_bytes(content)
    told = refusal(office, source)
    assert told.startswith("T.docx")
    assert sentence in told
    assert "\n" not in told


@settings(max_examples=tries(20))
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_a_document_with_any_bytes_changed_is_read_or_refused_in_words(at: int, new: bytes) -> None:
    whole = bytearray(as_bytes(docx.Document()))
    at %= len(whole)
    whole[at : at + len(new)] = new
    try:
        list(blocks(open_template(bytes(whole), "T.docx")))
    except UserError as wrong:
        assert str(wrong).startswith("T.docx")


def test_full_disk_and_missing_folder_leave_nothing(office: Office, tmp_path: Path) -> None:
    source = template(tmp_path, "受理{{ disputes.accepted }}件")
    with pytest.raises(UserError, match="不存在，请先建立"):
        report.report(office, YEAR, tmp_path / "nowhere" / "R.docx", source)
    with small_disk(2000), pytest.raises(UserError, match="磁盘已满"):
        report.report(office, YEAR, tmp_path / "R.docx", source)
    assert list(tmp_path.iterdir()) == [source]
    with pytest.raises(UserError, match="无法读取"):
        report.report(office, YEAR, tmp_path / "R.docx", tmp_path / "none.docx")


# ---- the office's own template


def test_office_owns_its_template_and_changes_are_in_the_history(tmp_path: Path) -> None:
    office = new_office(tmp_path / "a.db", WHO)
    assert templates.chosen(office) == REPORT_TEMPLATE.default
    assert templates.take_over(office, template(tmp_path, "受理{{ disputes.accepted }}件")).settings
    assert not templates.take_over(office, tmp_path / "T.docx").settings
    assert templates.in_use(office).name == templates.OWN
    report.report(office, YEAR, tmp_path / "R.docx")
    assert texts(tmp_path / "R.docx") == ["受理0件"]
    templates.save_as(office, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "T.docx").read_bytes()
    (tmp_path / "T.docx").write_bytes(b"x")
    with pytest.raises(UserError, match="已损坏"):
        templates.take_over(office, tmp_path / "T.docx")
    assert templates.choose(office, str(REPORT_TEMPLATE.default)).settings
    assert templates.in_use(office).name == REPORT_TEMPLATE.default
    assert templates.choose(office, templates.OWN).settings, "it was kept all the time"
    assert templates.in_use(office).name == templates.OWN
    entries = list(history.of_record(office.db, templates.NAME))
    assert [(e.kind, e.clerk) for e in entries] == [("template", WHO.clerk)]
    digest = sha256((tmp_path / "again.docx").read_bytes()).hexdigest()
    assert entries[0].changes == {"content": [None, digest]}
    assert templates.take_over(office, template(tmp_path, "立案{{ disputes.accepted }}件")).settings
    assert contents.read(office.db, digest) == (tmp_path / "again.docx").read_bytes(), (
        "what was replaced is kept"
    )
    office.close()


def test_a_figure_of_the_offices_own_is_quoted_like_any_other(tmp_path: Path) -> None:
    office = new_office(tmp_path / "a.db", WHO)
    own = OwnFigure("集体争议数", "件", Number("disputes"))
    key, _changed = customising.save_figure(office, own)
    source = template(tmp_path, f"共{{{{ {key} }}}}件")
    report.report(office, YEAR, tmp_path / "R.docx", source)
    assert texts(tmp_path / "R.docx") == ["共0件"]
    office.close()


def test_what_has_no_value_is_a_dash_and_told(tmp_path: Path) -> None:
    """A rate over nothing, and a change against nothing, are no error; what cannot be read still is one."""
    office = new_office(tmp_path / "a.db", WHO)
    source = template(
        tmp_path,
        "结案率{{ disputes.closure_rate }}%，受理{{ disputes.accepted }}件，同比{{ disputes.accepted|change }}%",
    )
    written = report.report(office, YEAR, tmp_path / "R.docx", source)
    assert texts(tmp_path / "R.docx") == ["结案率—%，受理0件，同比—%"]
    assert [dash.place for dash in written.dashes] == ["第1段", "第1段"]
    assert "分母为零" in written.dashes[0].message
    broken = template(tmp_path, "结案率{{ disputes.closure_rate }}%，受理{{ disputes.taken }}件")
    with pytest.raises(UserError) as refused:
        report.report(office, YEAR, tmp_path / "S.docx", broken)
    assert "disputes.taken" in str(refused.value) and "分母为零" not in str(refused.value)
    assert not (tmp_path / "S.docx").exists()
    office.close()


# ---- the standard templates


@pytest.mark.parametrize("name", [name for name, _label in templates.shipped()])
def test_standard_template_opens_and_names_only_figures_that_there_are(
    office: Office, tmp_path: Path, name: str
) -> None:
    """Rates that have no value in this office become dashes; there are no other faults."""
    path = tmp_path / "T.docx"
    path.write_bytes(templates.build(templates.source(name)))
    made = report.draft(office, Period.year(int(name[-4:])), path)
    assert sum(piece.is_figure for passage in made.passages for piece in passage.pieces) > 5
    assert made.walls == ()


def test_standard_templates_are_those_in_the_folder() -> None:
    folder = templates.resources() / "reports"
    assert {path.stem for path in folder.glob("*.md")} == {name for name, _label in templates.shipped()}


def test_layout_is_that_of_official_documents(tmp_path: Path) -> None:
    document = docx.Document(BytesIO(templates.build("# 标题\n## 一、甲\n正文")))
    section = document.sections[0]
    assert (section.page_width.mm, section.top_margin.mm, section.left_margin.mm) == pytest.approx(
        (210, 37, 28), abs=0.1
    )
    fonts = {}
    for paragraph in document.paragraphs:
        style = paragraph.style
        assert style is not None
        fonts[paragraph.text] = (style.element.rPr.rFonts.get(qn("w:eastAsia")), style.font.size.pt)
    assert fonts == {"标题": ("方正小标宋简体", 22), "一、甲": ("黑体", 16), "正文": ("仿宋", 16)}
    indent = document.paragraphs[2].style.element.pPr.find(qn("w:ind"))  # type: ignore[union-attr]
    assert indent.get(qn("w:firstLineChars")) == "200"


# ---- the command line


def test_command_writes_the_report(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, good = tmp_path / "R.docx", rich(tmp_path)
    words = ["report", "--year", "2020", "--as-of", "2020-12-25", "--file", str(path), "--out", str(out)]
    assert main([*words, "--template", str(good), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(out), "warnings": []}
    assert texts(out)[:2] == EXPECTED[:2]
    out.unlink()
    bad = template(tmp_path, "{{ disputes.x }}")
    assert main([*words, "--template", str(bad)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "第1段" in told.err
    assert not out.exists()
    assert main(["report", "--file", str(path), "--out", str(out)]) == 2
    assert main([*words, "--template", str(tmp_path / "none.docx")]) == 1
