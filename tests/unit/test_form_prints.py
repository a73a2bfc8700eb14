"""Printed forms: their texts are sound and filled in from the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import WHO, new_office
from tracker.forms import FORMS, Print
from tracker.ledgers import BY_NAME
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing, form_prints, paper_things, parties
from tracker.operations.office import Office, save_settings
from tracker.schema import form
from tracker.schema.form import Cell


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "cases.db", WHO)
    save_settings(made, {"commission": "怀柔区仲裁委"})
    yield made
    made.close()


def case(office: Office, number: str = "1号") -> str:
    record: dict[str, str | int | None] = {
        "case_no": number,
        "applied_on": "2020-01-02",
        "accepted_on": "2020-01-05",
        "applicant": "张三",
        "respondent": "怀柔餐饮公司",
        "claim_amount": 1_200_000,
        "remarks": "<b>&{{ 案号 }}",
    }
    return editing.save(office, DISPUTES, record).uid


def words(made: form.Form) -> str:
    return "\n".join(cell.text for row in made.rows for cell in row.cells)


@pytest.mark.parametrize("declared", FORMS, ids=lambda declared: declared.key)
def test_form_is_read_and_names_only_what_there_is(office: Office, declared: Print) -> None:
    blank = form.read(form_prints.source(declared.key))
    assert all(sum(cell.span for cell in row.cells) == len(blank.widths) for row in blank.rows)
    assert [mark for mark, _text in blank.heads].count("##") == 1
    speech = paper_things.language(office, BY_NAME[declared.ledger])
    texts = [*(text for _mark, text in blank.heads), *(c.text for row in blank.rows for c in row.cells)]
    for text in texts:
        assert not speech.unknown(text), text


def test_every_form_has_its_declaration() -> None:
    assert {path.stem for path in (form_prints.resources() / "forms").glob("*.md")} == {f.key for f in FORMS}


def test_text_of_a_form_is_read() -> None:
    made = form.read("# 上\n## 题\n|= 20 | 30 | 50\n|@40 案由 | {{ a|大写 }} | <\n| 意见 |  // 签字 | x\n")
    assert made.heads == (("#", "上"), ("##", "题"))
    assert made.widths == (20, 30, 50)
    first, second = made.rows
    assert (first.height, first.cells) == (40, (Cell("案由", label=True), Cell("{{ a|大写 }}", 2)))
    assert second.cells == (Cell("意见", label=True), Cell("", foot="签字"), Cell("x", label=True))


def test_form_is_filled_in_for_every_record(office: Office) -> None:
    uids = [case(office), case(office, "2号")]
    many = [
        {"role": "applicant", "name": "张三", "phone": "13800000001"},
        {"role": "applicant", "name": "李四"},
    ]
    parties.save(office, DISPUTES, uids[0], many)
    one, other = form_prints.filled(office, DISPUTES, "approval", uids)
    assert one.heads[0] == ("#", "怀柔区仲裁委")
    assert "1．张三，电话13800000001\n2．李四" in words(one)
    assert "12,000.00元（大写：壹万贰仟元整）" in words(one)
    assert "2号" in words(other)
    assert "1．张三" in words(other)


def test_what_is_not_known_is_left_empty_and_values_stay_what_they_are(office: Office) -> None:
    record = {
        "petition_no": "1",
        "received_on": "2020-01-02",
        "channel": "visit",
        "petitioner": "张三",
        "subject": "wages",
    }
    uid = editing.save(office, BY_NAME["petitions"], {**record, "remarks": "<b>&{{ 信访人 }}"}).uid
    (made,) = form_prints.filled(office, BY_NAME["petitions"], "petition", [uid])
    assert "<b>&{{ 信访人 }}" in words(made)
    assert "____" not in words(made)
