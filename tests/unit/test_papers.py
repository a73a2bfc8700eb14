"""Documents of cases: declared soundly, filled from the case, faults of templates named with their place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, new_office
from tracker.attached.events import EVENTS, KINDS
from tracker.attached.parties import PARTIES
from tracker.db import templates
from tracker.errors import UserError
from tracker.exchange.letters import BLANK, Language
from tracker.ledgers import BY_NAME
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import attached, attachments, editing, paper_things, papers, parties, undoing
from tracker.operations.office import Office, save_settings
from tracker.operations.papers import Faulty, Wish
from tracker.papers import BY_KEY, PAPERS
from tracker.schema.fields import Value
from tracker.schema.paper import Paper

TODAY = date(2020, 3, 5)
FIRM: dict[str, Value] = {
    "role": "respondent",
    "kind": "firm",
    "name": "怀柔餐饮公司",
    "address": "怀柔区湖边1号",
}
PEOPLE: list[dict[str, Value]] = [
    {"role": "applicant", "name": "张三", "id_number": "110101199003074514", "sex": "male"},
    {"role": "applicant", "name": "李四", "address": "怀柔区迎宾路2号"},
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    save_settings(made, {"office": "怀柔区人社局", "commission": "怀柔区仲裁委"})
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "文书"
    made.mkdir()
    return made


def case(office: Office, number: str = "劳人仲字〔2020〕第1号") -> str:
    record: dict[str, Value] = {
        "case_no": number,
        "applied_on": "2020-01-02",
        "accepted_on": "2020-01-05",
        "applicant": "张三、李四",
        "respondent": "怀柔餐饮公司",
        "cause": "remuneration;dismissal",
        "claim_amount": 1_200_000,
        "settled_amount": 1_200_000,
        "closed_on": "2020-02-03",
        "closing_method": "mediation",
        "arbitrator": "陈仲裁",
    }
    return editing.save(office, DISPUTES, record).uid


def text(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))
    )


def word(*paragraphs: str, split: int = 0) -> bytes:
    """A document of the office's own; with `split` each paragraph is cut into runs of so many characters."""
    document = docx.Document()
    for line in paragraphs:
        paragraph = document.add_paragraph()
        for n in range(0, len(line), split or len(line)):
            run = paragraph.add_run(line[n : n + (split or len(line))])
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def filled(office: Office, uid: str, content: bytes) -> bytes:
    (found,) = papers.cases(office, DISPUTES, [uid])
    language = paper_things.language(office, DISPUTES)
    assert language.faults(content, "t.docx") == ()
    return language.fill(content, "t.docx", paper_things.things(office, found, TODAY))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_declared_soundly(paper: object) -> None:
    parts = frozenset(PARTIES.by_key) | frozenset(EVENTS.by_key)
    events = frozenset(code.key for code in KINDS)
    found = paper.check(BY_NAME, parts, events, frozenset(paper_things.OFFICE))  # type: ignore[attr-defined]
    assert list(found) == []


@pytest.mark.parametrize(
    ("ledger", "key"),
    [(name, paper.key) for paper in PAPERS for name in paper.ledgers],
    ids=lambda word: word,
)
def test_standard_template_names_only_what_there_is_in_either_language(
    office: Office, ledger: str, key: str, request: pytest.FixtureRequest
) -> None:
    content = papers.template(office, key)
    assert paper_things.language(office, BY_NAME[ledger]).faults(content, key) == ()
    request.getfixturevalue("english")
    assert paper_things.language(office, BY_NAME[ledger]).faults(content, key) == ()


def test_every_standard_template_has_its_declaration() -> None:
    folder = papers.resources() / "papers"
    assert {path.stem for path in folder.glob("*.md")} == set(BY_KEY)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.key)
def test_document_headed_by_the_commission_needs_its_name(paper: Paper) -> None:
    assert ("office.commission" in paper.needs) is ("仲裁委员会名称" in papers.source(paper.key))


def test_notice_is_filled_from_case_parties_events_and_office(office: Office) -> None:
    uid = case(office)
    parties.save(office, DISPUTES, uid, [*PEOPLE, FIRM])
    hearing = {"kind": "hearing", "title": "开庭", "happened_on": "2020-03-27T09:30", "place": "第二仲裁庭"}
    attached.save(office, DISPUTES, uid, EVENTS, [hearing])
    found = text(filled(office, uid, papers.template(office, "hearing")))
    assert "怀柔区仲裁委" in found
    assert "张三、李四、怀柔餐饮公司：" in found
    assert "2020年3月27日9时30分" in found
    assert "第二仲裁庭" in found
    assert "二〇二〇年三月五日" in found
    assert "{" not in found


def test_statement_has_parties_one_by_one_and_money_in_capitals(office: Office) -> None:
    uid = case(office)
    parties.save(office, DISPUTES, uid, [*PEOPLE, FIRM])
    found = text(filled(office, uid, papers.template(office, "mediation_statement")))
    assert "申请人：张三，男，证件号码110101199003074514。" in found
    assert "申请人：李四，住怀柔区迎宾路2号。" in found
    assert "12,000.00元（大写：壹万贰仟元整）" in found
    assert "劳动报酬、" in found
    assert f"法定代表人（主要负责人）：{BLANK}。" in found


def test_notice_to_several_respondents_is_one_page_each(office: Office) -> None:
    uid = case(office)
    parties.save(office, DISPUTES, uid, [FIRM, {**FIRM, "name": "怀柔建筑公司"}])
    found = filled(office, uid, papers.template(office, "response"))
    assert text(found).count("应诉通知书") == 2
    breaks = docx.Document(BytesIO(found)).element.body.iter(qn("w:br"))
    assert len([b for b in breaks if b.get(qn("w:type")) == "page"]) == 1


@pytest.mark.parametrize("split", [0, 1, 3, 7])
def test_runs_split_by_word_and_east_asian_fonts_are_kept(office: Office, split: int) -> None:
    line = "{{ 申请人 }}于{{ 受理日期|汉字日期 }}申请{{ 申请标的额|大写 }}。"
    content = filled(office, case(office), word(line, split=split))
    assert text(content).strip() == "张三、李四于二〇二〇年一月五日申请壹万贰仟元整。"
    document = docx.Document(BytesIO(content))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text]
    assert {run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in runs} == {"仿宋_GB2312"}


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_standard_template_is_set_in_the_fonts_of_official_documents(office: Office, key: str) -> None:
    document = docx.Document(BytesIO(papers.template(office, key)))
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Title")
    }
    assert fonts == {"Normal": "仿宋", "Title": "方正小标宋简体"}
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_header_and_footer_are_filled_and_their_faults_found(office: Office) -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "{{ 案号 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ 无此项 }}"
    buffer = BytesIO()
    document.save(buffer)
    (fault,) = paper_things.language(office, DISPUTES).faults(buffer.getvalue(), "t.docx")
    assert fault.place.startswith("页脚")
    document.sections[0].footer.paragraphs[0].text = ""
    buffer = BytesIO()
    document.save(buffer)
    made = docx.Document(BytesIO(filled(office, case(office), buffer.getvalue())))
    assert made.sections[0].header.paragraphs[0].text == "劳人仲字〔2020〕第1号"


def test_quotes_as_word_turns_them_are_understood(office: Office) -> None:
    content = filled(
        office, case(office), word("{{ 备注|默认(“无”) }}{% if 仲裁员 == “陈仲裁” %}是{% endif %}")
    )
    assert text(content).strip() == "无是"


def test_rows_of_a_table_are_repeated_for_each_party(office: Office) -> None:
    uid = case(office)
    parties.save(office, DISPUTES, uid, PEOPLE)
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).text = "{%tr for 人 in 各申请人 %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ loop.index }}", "{{ 人.姓名 }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    buffer = BytesIO()
    document.save(buffer)
    made = docx.Document(BytesIO(filled(office, uid, buffer.getvalue())))
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["1", "张三"],
        ["2", "李四"],
    ]


FAULTS = [
    ("{{ 案好 }}", "没有“案好”这一项。是否应为：案由、案号"),
    ("{{ 首位申请人.姓明 }}", "没有“姓明”这个属性"),
    ("{{ 结案金额|大血 }}", "没有“大血”这种写法"),
    ("{% for 人 in 各申请人 %}", "没有结束"),
    ("{% endif %}", "没有对应的开始"),
    ("{{ 案号", "没有配对"),
    ("{{ 案号 + }}", "无法识别"),
    ("{% include 'x' %}", "不支持“include”"),
    ("{% set a = 1 %}", "不支持“set”"),
    ("{{ 案号.__class__ }}", "没有“__class__”这个属性"),
    ("{{ 案号['__class__'] }}", "没有“__class__”这个属性"),
    ("{{ ''.join(案号) }}", "不支持“Call”"),
    ("{{ range(9) }}", "不支持“Call”"),
    ("{{ 9 ** 9 ** 9 }}", "不支持“Pow”"),
    ("{{ 'a' * 99999999 }}", "不支持“Mul”"),
    ("{{ self }}", "没有“self”这一项"),
    (
        "{% for a in 各申请人 %}{% for b in 各申请人 %}{% for c in 各申请人 %}{% for d in 各申请人 %}",
        "最多嵌套 2 层",
    ),
]


@pytest.mark.parametrize(("line", "message"), FAULTS)
def test_fault_is_named_with_its_place(office: Office, line: str, message: str) -> None:
    language = paper_things.language(office, DISPUTES)
    faults = language.faults(word("第一段", line), "t.docx")
    assert message in faults[0].message or any(message in fault.message for fault in faults)
    assert all(fault.place == "第2段" for fault in faults)


def test_all_faults_of_a_template_are_found(office: Office) -> None:
    language: Language = paper_things.language(office, DISPUTES)
    faults = language.faults(word("{{ 甲 }}", "{{ 案号 }}", "{{ 乙 }}和{{ 丙 }}"), "t.docx")
    assert [(fault.place, fault.text) for fault in faults] == [
        ("第1段", "{{ 甲 }}"),
        ("第3段", "{{ 乙 }}"),
        ("第3段", "{{ 丙 }}"),
    ]


@settings(max_examples=tries(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("{}%#人案号 for in endfor|.()[]'\"*_", max_size=20), max_size=4))
def test_any_template_is_filled_or_refused_with_a_sentence(office: Office, lines: list[str]) -> None:
    language = paper_things.language(office, DISPUTES)
    content = word(*(line or " " for line in lines))
    if not language.faults(content, "t.docx"):
        try:
            language.fill(content, "t.docx", {"案号": "1"})
        except UserError as told:
            assert "t.docx" in str(told)


def test_values_that_look_like_templates_or_xml_stay_what_they_are(office: Office) -> None:
    uid = case(office)
    editing.save(office, DISPUTES, {"remarks": "{{ 案号 }} <b>&\n第二行"}, uid)
    assert "{{ 案号 }} <b>&" in text(filled(office, uid, word("{{ 备注 }}")))


def test_what_is_missing_is_said_before(office: Office) -> None:
    uid = case(office)
    parties.save(office, DISPUTES, uid, [*PEOPLE, {**FIRM, "address": None}])
    (found,) = papers.cases(office, DISPUTES, [uid])
    offer = next(o for o in papers.offers(office, DISPUTES) if o.key == "response")
    assert papers.missing(offer, found) == (
        "被申请人怀柔餐饮公司 · 地址未填",
        "被申请人怀柔餐饮公司 · 法定代表人未填",
    )
    hearing = next(o for o in papers.offers(office, DISPUTES) if o.key == "hearing")
    assert papers.missing(hearing, found) == ("开庭 · 日期未填", "开庭 · 地点未填")


def test_notice_without_a_commission_is_not_called_complete(office: Office) -> None:
    save_settings(office, {"commission": None})
    (found,) = [
        each for each in papers.survey(office, DISPUTES, [case(office)]) if each.offer.key == "acceptance"
    ]
    assert found.missing == ("设置中未填“仲裁委员会名称”",)


def test_suspension_is_told_in_one_notice_to_each_party(office: Office, folder: Path) -> None:
    uid = case(office)
    first = papers.survey(office, DISPUTES, [uid])
    suspended = {
        "kind": "suspension",
        "title": "中止审理",
        "happened_on": "2020-01-08",
        "reason": "需要等待工伤认定结论",
        "remarks": "内部备注",
    }
    attached.save(office, DISPUTES, uid, EVENTS, [suspended])
    after = papers.survey(office, DISPUTES, [uid])
    assert [next(s.fits for s in told if s.offer.key == "suspension") for told in (first, after)] == [0, 1]
    (path,) = papers.make(office, Wish(DISPUTES, ("suspension",), (uid,), folder), today=TODAY).paths
    one = text(path.read_bytes())
    assert one.count("中止审理通知书") == 1 and "张三、李四、怀柔餐饮公司：" in one
    assert "因需要等待工伤认定结论" in one and "2020年1月8日" in one
    wish = Wish(DISPUTES, ("suspension",), (uid,), folder, for_each=True)
    (path,) = papers.make(office, wish, today=TODAY).paths
    each = text(path.read_bytes())
    assert each.count("中止审理通知书") == 3
    assert all(f"{name}：" in each for name in ("张三", "李四", "怀柔餐饮公司"))
    assert "张三、李四、怀柔餐饮公司：" not in each


def test_many_cases_become_files_with_sensible_names(office: Office, folder: Path) -> None:
    uids = tuple(case(office, f"劳人仲字〔2020〕第{n}号") for n in (1, 2))
    made = papers.make(office, Wish(DISPUTES, ("acceptance", "receipt"), uids, folder), today=TODAY)
    assert sorted(path.name for path in made.paths) == sorted(p.name for p in folder.iterdir())
    assert "劳人仲字〔2020〕第1号_受理通知书_张三.docx" in {path.name for path in made.paths}
    assert len(made.paths) == 4
    again = papers.make(office, Wish(DISPUTES, ("receipt",), uids[:1], folder), today=TODAY)
    assert again.paths[0].name == "劳人仲字〔2020〕第1号_送达回证_张三 (2).docx"


def test_joined_file_has_every_case_on_its_own_page(office: Office, folder: Path) -> None:
    uids = tuple(case(office, f"劳人仲字〔2020〕第{n}号") for n in (1, 2, 3))
    made = papers.make(office, Wish(DISPUTES, ("refusal",), uids, folder, joined=True), today=TODAY)
    (path,) = made.paths
    body = docx.Document(str(path)).element.body
    assert len([b for b in body.iter(qn("w:br")) if b.get(qn("w:type")) == "page"]) == 2
    assert [f"第{n}号" in text(path.read_bytes()) for n in (1, 2, 3)] == [True] * 3


def test_documents_are_attached_and_entered_as_events(office: Office, folder: Path) -> None:
    uid = case(office)
    wish = Wish(DISPUTES, ("acceptance",), (uid,), folder, attach=True, as_event=True)
    made = papers.make(office, wish, today=TODAY)
    (file,) = attachments.of_record(office.db, uid)
    assert attachments.content(office.db, file) == made.paths[0].read_bytes()
    (event,) = attached.of_record(office.db, EVENTS, uid)
    assert (event["kind"], event["title"]) == ("note", "制作受理通知书"), "it is made, not served"
    assert made.changed.ledgers >= {"attachments", "events"}


def test_documents_of_several_cases_are_one_step(office: Office, folder: Path) -> None:
    uids = tuple(case(office, f"劳人仲字〔2020〕第{n}号") for n in (1, 2))
    before = undoing.offered(office).undo
    wish = Wish(DISPUTES, ("acceptance",), uids, folder, attach=True, as_event=True)
    assert papers.make(office, wish, today=TODAY).changed.ledgers == {"attachments", "events", "disputes"}
    assert (
        undoing.offered(office).undo == "为 劳人仲字〔2020〕第1号 等 2 条记录 添加附件（2 项）、进程（2 项）"
    )
    for count in (0, 1, 0):
        undoing.undo(office) if not count else undoing.redo(office)
        assert [len(attachments.of_record(office.db, uid)) for uid in uids] == [count] * 2
        assert [len(attached.of_record(office.db, EVENTS, uid)) for uid in uids] == [count] * 2
    assert undoing.offered(office).undo == before


def test_own_template_replaces_the_standard_one_and_can_be_given_up(
    office: Office, folder: Path, tmp_path: Path
) -> None:
    uid, mine = case(office), tmp_path / "我的受理通知书.docx"
    mine.write_bytes(word("兹受理{{ 案号 }}"))
    papers.take_template(office, DISPUTES, mine, "acceptance")
    made = papers.make(office, Wish(DISPUTES, ("acceptance",), (uid,), folder), today=TODAY)
    assert text(made.paths[0].read_bytes()) == "兹受理劳人仲字〔2020〕第1号"
    papers.drop_template(office, "acceptance")
    assert "怀柔区仲裁委" in text(filled(office, uid, papers.template(office, "acceptance")))


def test_office_adds_a_document_of_its_own(office: Office, folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "缴费告知.docx"
    mine.write_bytes(word("{{ 申请人 }}"))
    papers.take_template(office, DISPUTES, mine)
    offer = papers.offers(office, DISPUTES)[-1]
    assert (offer.label, offer.paper) == ("缴费告知", None)
    assert "缴费告知" not in [o.label for o in papers.offers(office, BY_NAME["petitions"])]
    made = papers.make(office, Wish(DISPUTES, (offer.key,), (case(office),), folder), today=TODAY)
    assert made.paths[0].name == "劳人仲字〔2020〕第1号_缴费告知_张三.docx"


def test_faulty_template_is_refused_and_nothing_is_kept_or_written(
    office: Office, folder: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(word("好", "{{ 案好 }}"))
    with pytest.raises(Faulty, match="第2段"):
        papers.take_template(office, DISPUTES, bad, "acceptance")
    assert templates.names(office.db, papers.PREFIX) == ()
    templates.write(office.db, WHO, f"{papers.PREFIX}acceptance", bad.read_bytes())
    wish = Wish(DISPUTES, ("refusal", "acceptance"), (case(office),), folder, attach=True)
    with pytest.raises(Faulty, match="没有生成任何文书"):
        papers.make(office, wish, today=TODAY)
    assert list(folder.iterdir()) == []
    assert attachments.file_total(office.db) == (0, 0)


def test_folder_that_cannot_be_written_leaves_no_attachment(office: Office, tmp_path: Path) -> None:
    wish = Wish(DISPUTES, ("receipt",), (case(office),), tmp_path / "gone", attach=True, as_event=True)
    with pytest.raises(UserError, match="gone"):
        papers.make(office, wish, today=TODAY)
    assert attachments.file_total(office.db) == (0, 0)
