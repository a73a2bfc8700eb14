"""One search over all ledgers: what it finds, in which order, and that it equals looking at every record."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import tries
from tests.office import WHO, new_office
from tracker import pinyin
from tracker.db import finding as best
from tracker.db import initials, records, spelling
from tracker.ledgers import BY_NAME
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.employers import EMPLOYERS
from tracker.ledgers.petitions import PETITIONS
from tracker.operations import customising, editing, finding
from tracker.operations.office import Office, open_office
from tracker.schema.fields import Value

NAMES = ("张三", "张三丰", "李四", "单雄信", "尉迟恭", "欧阳娜娜", "王小明", "张伟、李四", "赵三张")
FIRMS = ("北京安居建筑工程有限公司", "安居物业", "重庆银行", "ABC科技（北京）有限公司", "三张科技")


def dispute(n: int, applicant: str, respondent: str = "某公司", **more: Value) -> dict[str, Value]:
    day = f"2020-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
    number = f"京怀劳人仲字〔2020〕第{n}号"
    return {"case_no": number, "applied_on": day, "applicant": applicant, "respondent": respondent, **more}


def enter(office: Office, *disputes: dict[str, Value]) -> list[str]:
    with office.writing("test") as writer:
        return [writer.insert(DISPUTES, record) for record in disputes]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "cases.db", WHO)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A file with 600 disputes, more of some names than are ranked; half of the names spelled."""
    dice = Random(7)
    office = new_office(tmp_path_factory.mktemp("finding") / "cases.db", WHO)
    with office.writing("test") as writer:
        for n in range(1, 601):
            remarks = dice.choice((None, "张三到庭", "电话13800138000", "下落不明"))
            record = dispute(n, dice.choice(NAMES), dice.choice(FIRMS), remarks=remarks)
            writer.insert(DISPUTES, {**record, "arbitrator": dice.choice(NAMES)})
            if n == 300:
                office.db.run("UPDATE names SET spelled = 0")
    spelling.spell(office.db)
    return office


def numbers(office: Office, text: str) -> list[str]:
    """The short numbers of the disputes found, in order."""
    found = [one for one in finding.find(office.db, text) if one.ledger.name == "disputes"]
    return [
        hit.number.removeprefix("京怀劳人仲字〔2020〕第").removesuffix("号")
        for one in found
        for hit in one.hits
    ]


# order


def test_the_exact_name_comes_before_one_that_begins_so_and_that_before_any_other(office: Office) -> None:
    enter(office, dispute(1, "张三"), dispute(2, "张三丰"), dispute(3, "李张三"), dispute(4, "王五"))
    assert numbers(office, "张三") == ["1", "2", "3"]
    assert numbers(office, "zs") == ["1", "2", "3"]
    assert numbers(office, "zhangsan") == ["1", "2", "3"]


def test_of_equals_the_latest_day_comes_first(office: Office) -> None:
    enter(office, dispute(3, "张三"), dispute(11, "张三"), dispute(7, "张三"))
    assert numbers(office, "张三") == ["11", "7", "3"]


def test_a_party_comes_before_whoever_deals_with_the_case(office: Office) -> None:
    enter(office, dispute(1, "张三"), dispute(9, "李四", arbitrator="张三"))
    assert numbers(office, "张三") == numbers(office, "zs") == ["1", "9"]


@pytest.mark.parametrize(
    "text",
    (
        "京怀劳人仲字〔2020〕第45号",
        "京怀劳人仲字[2020]第45号",
        "京怀劳人仲字(2020)45号",
        "京怀劳人仲字（２０２０）第０45号",
        "〔2020〕45",
        "2020-45",
        "(2020)第45号",
        "2020年45号",
    ),
)
def test_a_number_is_found_in_any_brackets_and_shortened(office: Office, text: str) -> None:
    enter(office, dispute(45, "张三"), dispute(450, "李四"), dispute(145, "王五"))
    assert numbers(office, text)[0] == "45"
    assert finding.find(office.db, text)[0].rank == spelling.EXACT


def test_the_counter_alone_finds_its_number_first(office: Office) -> None:
    enter(office, dispute(450, "李四"), dispute(45, "张三"), dispute(145, "王五"))
    assert numbers(office, "45")[0] == "45"
    assert set(numbers(office, "45")) == {"45", "145", "450"}


def test_the_exact_is_found_below_more_of_the_rest_than_are_ranked(office: Office) -> None:
    rest = [dispute(n, "张三丰", remarks="2019-1张三") for n in range(2, best.LATEST * 2)]
    enter(office, dispute(1, "张三"), *rest)
    for text in ("张三", "zs", "zhangsan"):
        assert numbers(office, text)[0] == "1"
    spelling.spell(office.db)
    for text in ("张三", "zs", "zhangsan", "〔2020〕1", "zs 某公司"):
        assert numbers(office, text)[0] == "1"


# what is found


def test_every_ledger_in_use_is_searched_and_the_best_comes_first(office: Office) -> None:
    with office.writing("test") as writer:
        writer.insert(DISPUTES, dispute(1, "李安居", phone=None))
        writer.insert(EMPLOYERS, {"name": "安居", "phone": "13800138000"})
        writer.insert(
            PETITIONS, {"petition_no": "信1", "received_on": "2020-01-01", "petitioner": "王安居民"}
        )
    found = finding.find(office.db, "安居")
    assert [(one.ledger.name, one.count) for one in found] == [
        ("employers", 1),
        ("disputes", 1),
        ("petitions", 1),
    ]
    assert [one.ledger.name for one in finding.find(office.db, "13800138000")] == ["employers"]
    assert [one.hits[0].text for one in finding.find(office.db, "8001")] == ["13800138000"]


@pytest.mark.parametrize("text", ("ABC科技(北京)有限公司", "abc科技北京", "ABC科技（北京", "ABC科技[北京]"))
def test_a_firm_is_found_whatever_its_brackets(office: Office, text: str) -> None:
    enter(office, dispute(1, "张三", "ABC科技（北京）有限公司"), dispute(2, "张三", "ABC科技"))
    assert numbers(office, text) == ["1"]


def test_hidden_ledgers_and_the_bin_are_left_out(office: Office) -> None:
    one, other = enter(office, dispute(1, "张三"), dispute(2, "张三"))
    editing.bin_records(office, DISPUTES, [one])
    assert numbers(office, "zs") == numbers(office, "张三") == ["2"]
    for number in ("2020-1", "京怀劳人仲字〔2020〕第1号", "京怀劳人仲字(2020)第1号"):
        assert numbers(office, number) == []
    assert [hit.uid for hit in finding.known(office.db, [("disputes", one), ("disputes", other)])] == [other]
    customising.hide_ledger(office, DISPUTES, True)
    assert finding.find(office.db, "张三") == () == finding.known(office.db, [("disputes", other)])


def test_what_was_met_is_told_where_number_and_names_do_not_show_it(office: Office) -> None:
    enter(office, dispute(1, "张三", remarks="分期支付"))
    (found,) = finding.find(office.db, "分期")
    assert (found.hits[0].field, found.hits[0].text) == ("remarks", "分期支付")
    assert found.hits[0].names == ("张三", "某公司")


def test_several_words_are_all_met(office: Office) -> None:
    enter(
        office, dispute(1, "张三", "安居公司"), dispute(2, "张三", "建工公司"), dispute(3, "李四", "安居公司")
    )
    assert numbers(office, "zs 安居") == numbers(office, "张三 ajgs") == ["1"]


def test_more_than_are_ranked_is_said(many: Office) -> None:
    (found,) = finding.find(many.db, "有限公司")
    assert (found.count, found.more, len(found.hits)) == (best.LATEST, True, finding.ALONE)


@pytest.mark.parametrize(
    "text", ("", " ", '"', "*", "^zs", "a OR b", "%", "_", "\\", "张" * 5000, "\udc80", "\U0010ffff")
)
def test_nothing_typed_is_an_error(many: Office, text: str) -> None:
    assert finding.find(many.db, text) == ()


# everything that is stored is found


def stored(office: Office) -> dict[str, tuple[str, ...]]:
    """The texts of each dispute by its number; parties, arbitrator, remarks."""
    keys = ("case_no", "applicant", "respondent", "arbitrator", "remarks")
    rows = records.each(office.db, records.Query(DISPUTES), keys)
    return {row[0]: tuple(text for text in row if text) for row in rows}


@settings(max_examples=tries(12))
@given(data=st.data())
def test_any_two_characters_of_a_name_and_its_initials_find_its_records(
    many: Office, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from((*NAMES, *FIRMS)))
    begin = data.draw(st.sampled_from([n for n in range(len(name) - 1) if name[n : n + 2].isalnum()]))
    piece = name[begin : begin + 2]
    whole = next(w for w in spelling.words(name) if w[0] == pinyin.HEAD and w[1:].isascii())
    for text in (piece, whole[1:]):
        (found,) = finding.find(many.db, text)
        expected = naive(many, text)
        assert found.more == (len(expected) > best.LATEST)
        assert {hit.number for hit in found.hits} <= expected
        if not found.more:
            assert found.count == len(expected)


def naive(office: Office, text: str) -> set[str]:
    """The numbers of the disputes that hold a text or its pinyin, by looking at each."""
    key = pinyin.typed(text)
    return {
        number
        for number, texts in stored(office).items()
        if any(text.lower() in one.lower() for one in texts)
        or (key and any(spelling.rank(spelling.words(one), key) is not None for one in texts[1:4]))
    }


@settings(max_examples=tries(12))
@given(
    text=st.sampled_from(
        ("z", "zs", "lisi", "aj", "cqyh", "三", "张", "张三", "3800", "abc", "不明", "xx", "工程有")
    )
)
def test_what_is_found_equals_looking_at_every_record(many: Office, text: str) -> None:
    expected = naive(many, text)
    found = finding.find(many.db, text)
    assert bool(found) == bool(expected)
    assert sum(one.count for one in found) == min(len(expected), best.LATEST)
    assert set(records_listed(many, text)) == expected


LETTERS = ("z", "zs", "lisi", "aj", "kj", "abc", "xx")


@pytest.fixture(scope="module")
def by_letters(many: Office) -> dict[str, set[str]]:
    """What each word of letters finds, by looking at every record."""
    return {word: naive(many, word) for word in LETTERS}


@pytest.mark.parametrize(("asked", "lot"), ((500, 250), (4, 20), (0, 7)))
@pytest.mark.parametrize("one", LETTERS)
def test_several_words_of_letters_find_what_looking_at_every_record_does(
    many: Office,
    by_letters: dict[str, set[str]],
    monkeypatch: pytest.MonkeyPatch,
    one: str,
    asked: int,
    lot: int,
) -> None:
    """However many names are asked of the index, and records read at once."""
    monkeypatch.setattr(initials, "MANY", asked)
    monkeypatch.setattr(initials, "LOT", lot)
    every = set(records.ids(many.db, records.Query(DISPUTES)))
    for other in LETTERS:
        expected = by_letters[one] & by_letters[other]
        found = best.find(many.db, DISPUTES, f"{one} {other}", finding.ALONE)
        assert (found.count if found else 0) == min(len(expected), best.LATEST)
        if found:
            assert found.more == (len(expected) > best.LATEST)
            words = [best.word(many.db, DISPUTES, word, -1) for word in (one, other)]
            ranked = sorted(hit.rank for _order, hit in best._rank(many.db, DISPUTES, every, words).values())
            assert len(ranked) == len(expected) and {hit.number for hit in found.hits} <= expected
            shown = [hit.rank for hit in found.hits[: finding.ALONE]]
            assert shown == ranked[: finding.ALONE]


def records_listed(office: Office, text: str) -> list[str]:
    """The numbers that the list shows for the same text, where no code, day or amount is meant."""
    return [str(row[0]) for row in records.each(office.db, records.Query(DISPUTES, search=text), ["case_no"])]


# names that others wrote


def test_a_name_written_by_plain_sql_is_found_before_and_after_it_is_spelled(office: Office) -> None:
    enter(office, dispute(1, "李四"))
    with office.db.atomic():
        office.db.run("UPDATE disputes SET applicant = '单雄信'")
    assert numbers(office, "sxx") == ["1"] and numbers(office, "ls") == []
    assert spelling.waiting(office.db)
    assert not finding.spell(office) and not spelling.waiting(office.db)
    assert numbers(office, "sxx") == ["1"] and numbers(office, "ls") == []


def test_a_file_of_the_program_before_is_brought_up_when_it_is_opened(office: Office) -> None:
    enter(office, dispute(1, "单雄信"))
    db, path = office.db, office.db.path
    with db.atomic():
        for name in (f"{ledger}_search_{event}" for ledger in BY_NAME for event in ("insert", "update")):
            (sql,) = db.one("SELECT sql FROM sqlite_master WHERE name = ?", (name,)) or ("",)
            db.run(f"DROP TRIGGER {name}")
            db.run(sql[: sql.index("INSERT INTO names")] + "END")
        for table in ("names_search", "names"):
            db.run(f"DROP TABLE {table}")
        db.run("DELETE FROM _sqlite_migrations WHERE name = 'names_spelled'")
        db.run("UPDATE shapes SET shape = json_remove(shape, '$[3]')")
    office.close()
    again = open_office(path, WHO)
    assert numbers(again, "sxx") == numbers(again, "雄信") == ["1"]
    enter(again, dispute(2, "单雄信"), dispute(3, "曾国藩"))
    assert numbers(again, "zgf") == ["3"]
    again.close()


@pytest.mark.parametrize(
    ("text", "name", "spelled"),
    [
        ("（张）三", "", False),  # of two characters the brackets may be a slip
        ("张·三丰", "", False),
        ("安（居）物业", "安居物业", True),
        ("张三丰", "张三丰", False),  # written out: it is looked for as it stands
        ("安居物业", "安居物业", True),
    ],
)
def test_brackets_are_looked_through_in_names_of_four_characters(
    office: Office, text: str, name: str, spelled: bool
) -> None:
    found = best.word(office.db, DISPUTES, text, -1)
    assert (found.name, found.spelled, found.letters) == (name, spelled, False)


def test_a_firm_is_found_by_four_characters_across_its_brackets_and_not_by_three(office: Office) -> None:
    enter(office, dispute(1, "张三", "重庆（渝）科技公司"), dispute(2, "张三", "重庆渝中银行"))
    spelling.spell(office.db)
    assert numbers(office, "重庆渝科") == ["1"]
    assert numbers(office, "重庆渝") == ["2"]
