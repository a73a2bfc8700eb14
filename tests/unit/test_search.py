"""A text search finds every record in which the text stands, and no other."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, new_office
from tracker import pinyin
from tracker.db import records, spelling
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.operations import editing
from tracker.operations.office import Office
from tracker.schema.fields import Value
from tracker.schema.filters import Contains

LETTERS = "张王李三四五北京怀柔区公司有限建筑工程某〇abcABC019-_%\\'\"*？·（）"
FIELDS = ("applicant", "respondent", "arbitrator", "clerk", "remarks")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A file with 400 disputes of random text, some short, some with fields left empty."""
    random = Random(5)
    office = new_office(tmp_path_factory.mktemp("search") / "cases.db", WHO)
    with office.writing("test") as writer:
        for n in range(400):
            record: dict[str, Value] = {
                "case_no": f"京怀〔{2018 + n % 3}〕第{n:04d}号",
                "applied_on": "2020-01-02",
            }
            for key in FIELDS:
                text = "".join(random.choices(LETTERS, k=random.choice((1, 2, 3, 4, 12)))).strip()
                record[key] = text if key in FIELDS[:2] or random.random() < 0.7 else None
            writer.insert(DISPUTES, record)
    return office


def texts(office: Office) -> dict[int, list[str]]:
    """Every text of each record, by row id."""
    rows = records.each(office.db, Query(DISPUTES), ["id", "case_no", *FIELDS])
    return {row[0]: [text for text in row[1:] if text is not None] for row in rows}


def found(office: Office, text: str) -> set[int]:
    return set(records.ids(office.db, Query(DISPUTES, search=text)))


def spelled(office: Office, piece: str) -> set[int]:
    """The records of which a name is spelled so, by looking at each."""
    rows = records.each(office.db, Query(DISPUTES), ["id", *FIELDS[:4]])
    key = pinyin.folded(pinyin.typed(piece))
    held = {row[0]: [text for text in row[1:] if text] for row in rows} if key else {}
    return {
        n for n, all_ in held.items() if any(spelling.rank(spelling.words(t), key) is not None for t in all_)
    }


def folded(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


@settings(max_examples=tries(60))
@given(data=st.data())
def test_any_piece_of_a_text_finds_it(office: Office, data: st.DataObject) -> None:
    known = texts(office)
    whole = data.draw(st.sampled_from(known[data.draw(st.sampled_from(sorted(known)))]))
    begin = data.draw(st.integers(0, len(whole) - 1))
    piece = whole[begin : begin + data.draw(st.integers(1, 6))]
    holding = {
        number for number, all_ in known.items() if any(folded(piece) in folded(text) for text in all_)
    }
    hits = found(office, piece)
    assert holding and holding <= hits
    if (
        piece.isalpha() and piece.isascii() is False
    ):  # no other spelling, day or amount: then nothing else is found
        assert hits == holding


@settings(max_examples=tries(40))
@given(st.text("张王李三北京abcAB", min_size=1, max_size=4))
def test_what_stands_nowhere_is_not_found(office: Office, piece: str) -> None:
    holding = {n for n, all_ in texts(office).items() if any(folded(piece) in folded(text) for text in all_)}
    assert found(office, piece) == holding | spelled(office, piece)


@given(st.text("张王三京ab", min_size=1, max_size=2), st.text("李四怀柔01", min_size=1, max_size=3))
def test_every_word_must_stand_somewhere(office: Office, one: str, other: str) -> None:
    assert found(office, f" {one}  {other}　") == found(office, one) & found(office, other)


@example("\udc80")
@given(st.text(max_size=8))
def test_no_text_is_an_error(office: Office, text: str) -> None:
    assert records.count(office.db, Query(DISPUTES, search=text)) <= 400


@pytest.mark.parametrize(
    "text",
    (
        '"',
        "'",
        "*",
        "a OR b",
        "text:张",
        "^张",
        "张(",
        "-",
        "\\",
        "%",
        "_",
        "NEAR(a b)",
        "张" * 60_000,
        "张 " * 5_000,
        "\U0010ffff",
        "\ud7ff",
        "张\x00三",
        "9999-12",
        "9999.12.31",
    ),
)
def test_nothing_typed_is_taken_for_a_query(office: Office, text: str) -> None:
    assert records.count(office.db, Query(DISPUTES, search=text)) < 400


@pytest.mark.parametrize("text", ("张" * 30_000, "%_\\" * 10_000, "😀" * 10_000, "%" * 10_000))
def test_a_text_pasted_by_mistake_is_found_nowhere(office: Office, text: str) -> None:
    assert records.suggestions(office.db, DISPUTES, "applicant", text) == []
    assert not records.ids(office.db, Query(DISPUTES, Contains("applicant", text)))


@pytest.mark.parametrize(
    "spelling",
    (
        "京怀〔2018〕第0000号",
        "京怀[2018]第0000号",
        "京怀（2018）",
        "（２０１８）第００００",
        "京怀(2018)第0000",
        "京怀[2018]0000号",
        "[2018]0号",
        "【2018】第0号",
        "2018〕0",
    ),
)
def test_a_number_is_found_however_its_brackets_are_written(office: Office, spelling: str) -> None:
    (first,) = list(records.ids(office.db, Query(DISPUTES, search="第0000号")))
    assert first in found(office, spelling)


@pytest.mark.parametrize("spelling", ("京怀[2019]7号", "[2019]第7号", "(2019)07号", "第7号", "第0007号"))
def test_a_number_is_found_without_what_was_left_out_of_it(office: Office, spelling: str) -> None:
    """None but the numbers that are the same but for 第 and leading zeros."""
    rows = records.each(office.db, Query(DISPUTES, search=spelling), ["case_no"])
    assert [number for (number,) in rows] == ["京怀〔2019〕第0007号"]


@pytest.fixture
def small(tmp_path: Path) -> Office:
    office = new_office(tmp_path / "cases.db", WHO)
    case: dict[str, Value] = {
        "case_no": "1",
        "applied_on": "2020-03-02",
        "applicant": "欧阳娜",
        "respondent": "Ａ公司",
        "channel": "mail",
    }
    editing.save(
        office,
        DISPUTES,
        {**case, "cause": "welfare;training", "claim_amount": 1234500, "accepted_on": "2020-03-05"},
    )
    editing.save(
        office,
        DISPUTES,
        {"case_no": "2", "applied_on": "2019-11-30", "applicant": "王五", "respondent": "某厂"},
    )
    return office


@pytest.mark.parametrize(
    "text",
    (
        "邮寄",
        "福利",
        "培训",
        "2020-03-05",
        "2020年3月",
        "2020-3-5",
        "12,345元",
        "12345.00",
        "Ａ公司",
        "阳",
        "娜 邮寄 2020-03",
    ),
)
def test_codes_days_and_amounts_are_found_as_they_are_read(small: Office, text: str) -> None:
    assert len(found(small, text)) == 1


def test_the_index_follows_every_change(small: Office) -> None:
    (number,) = found(small, "欧阳")
    uid = str((records.by_id(small.db, DISPUTES, number) or {})["uid"])
    editing.save(small, DISPUTES, {"applicant": "司马光"}, uid)
    assert (found(small, "欧阳"), found(small, "司马"), found(small, "马")) == (set(), {number}, {number})
    editing.bin_records(small, DISPUTES, [uid])
    assert found(small, "司马") == set()
    binned = Query(DISPUTES, search="司马", binned=True)
    assert list(records.ids(small.db, binned)) == [number]
    editing.restore_records(small, DISPUTES, [uid])
    assert found(small, "司马") == {number}
