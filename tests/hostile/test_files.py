"""Data files that anyone may have written: opened or merged they run nothing and are right or refused."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.graph import rehashed, unguarded
from tests.hostile.bounds import bounded, told
from tests.office import WHO
from tests.unit.test_undoing import case
from tests.unit.test_verifying import drawn
from tracker.db import drafts, draws, freezes, records, templates
from tracker.db import settings as stored
from tracker.db.history import Journal, Who
from tracker.db.records import Query
from tracker.ledgers.disputes import DISPUTES
from tracker.ledgers.inspections import INSPECTIONS
from tracker.operations import attachments, editing, freezing, log, merging, opening, past, today, undoing
from tracker.operations.attachments import Incoming
from tracker.operations.exporting import export_list
from tracker.operations.figures import figures
from tracker.operations.office import Office, make_office, open_office
from tracker.operations.verifying import verify
from tracker.period import Period
from tracker.schema.fields import Value
from tracker.settings import BY_KEY

NAMES = (
    "../../../x.txt",
    "C:\\Windows\\x.exe",
    "CON",
    "a\0b",
    "裁决\u202efdp.exe",
    "号" * 300,
    "",
    ".",
    "..",
    "/etc/passwd",
    "x\n\ny",
    "\ud7ff\uffff",
    '=HYPERLINK("x")',
    "<script>",
    "{{ 7*7 }}",
)
ALL = bool(os.environ.get("TRIES"))
DEEP = "[" * 100_000 + "]" * 100_000
JSON = (
    "",
    "null",
    "[]",
    "{}",
    "1e999",
    "NaN",
    '"x"',
    "[[[[1]]]]",
    '{"a": {"a": {"a": []}}}',
    "9" * 5000,
    DEEP,
    "{" * 50,
)
Attack = Callable[[Office], object]


def sql(*statements: str) -> Attack:
    """Statements run past the program."""

    def attack(office: Office) -> None:
        unguarded(office.db)
        office.db.connection.execute("PRAGMA foreign_keys = OFF")
        with office.db.atomic():
            for one in statements:
                office.db.connection.execute(one)

    return attack


def rewritten(statement: str) -> Attack:
    """The history rewritten, with hashes that fit."""

    def attack(office: Office) -> None:
        unguarded(office.db)
        office.db.connection.execute("PRAGMA foreign_keys = OFF")
        rehashed(office.db, statement)

    return attack


def setting(key: str, value: str) -> Attack:
    return lambda office: stored.write(office.db, WHO, {key: value})


def record(values: dict[str, Value], name: str = "disputes") -> Attack:
    """A record with values that no form takes, and with its history."""

    def attack(office: Office) -> None:
        ledger = office.catalogue.every[name]
        base: dict[str, Value] = {
            "case_no": "恶",
            "applied_on": "2020-03-02",
            "applicant": "甲",
            "respondent": "乙",
        }
        with office.writing("entry") as writer:
            writer.insert(ledger, {**(base if name == "disputes" else {}), **values})

    return attack


def added(ledger: str, uid: str, action: str, changes: dict[str, object]) -> Attack:
    """A row of the history that fits, and says something else than this program would."""

    def attack(office: Office) -> None:
        with office.db.atomic():
            journal = Journal(office.db, WHO, "evil")
            journal.add(ledger, uid, action, changes)
            journal.flush()

    return attack


YEAR = Period.year(2020)
KILL = "DELETE FROM disputes"
TRIGGERS = {
    f"trigger {name} on {table}": sql(f"CREATE TRIGGER {name} {when} ON {table} BEGIN {KILL}; END")
    for name, when, table in (
        ("evil", "AFTER INSERT", "disputes"),
        ("evil_kept_insert", "AFTER INSERT", "history"),
        ("history_kept_insert", "BEFORE INSERT", "history"),
        ("heads_frozen_delete", "BEFORE DELETE", "heads"),
        ("_sqlite_migrations_kept_insert", "AFTER INSERT", "_sqlite_migrations"),
        ("reasons_kept_delete", "BEFORE DELETE", "reasons"),
        ("settings_kept_update", "AFTER UPDATE", "settings"),
        ("disputes_frozen_update", "AFTER UPDATE", "disputes"),
        ("drafts_kept_insert", "AFTER INSERT", "drafts"),
        ("petitions_search_other", "AFTER INSERT", "heads"),
    )
}
TRIGGERS["our trigger with other words"] = sql(
    "DROP TRIGGER disputes_search_insert",
    f"CREATE TRIGGER disputes_search_insert AFTER INSERT ON disputes BEGIN {KILL}; END",
)
TRIGGERS["our trigger that refuses all"] = sql(
    "CREATE TRIGGER history_kept_insert BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'x: y'); END"
)
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x, x FROM c"
VIEWS = {
    f"{table} is a view": sql(f"DROP TABLE {table}", f"CREATE VIEW {table} AS {ENDLESS}")
    for table in (
        "settings",
        "disputes",
        "history",
        "heads",
        "shapes",
        "contents",
        "freezes",
        "_sqlite_migrations",
    )
}
VIEWS["a view more"] = sql(f"CREATE VIEW more AS {ENDLESS}")
VIEWS["an index that is a table"] = sql(
    "DROP TABLE disputes_search_words", "DROP TABLE disputes_search", "CREATE TABLE disputes_search(text)"
)
VIEWS["another virtual table"] = sql("CREATE VIRTUAL TABLE more USING rtree(id, a, b)")
VIEWS["a table less"] = sql("DROP TABLE petitions")
VIEWS["a column less"] = sql("ALTER TABLE petitions RENAME COLUMN persons TO people")
CONDITIONS = (
    "1",
    f"1)) BEGIN {KILL}; END; --",
    f"1) OR EXISTS ({ENDLESS}",
    f"uid IN ({ENDLESS})",
    "1 /* ",
    "randomblob(1000000000) IS NULL",
    "load_extension('x')",
    "(SELECT 1 FROM disputes, disputes, disputes, disputes, disputes)",
    "applicant = 'x",
    '"applicant" = 1',
    "?",
    "nowhere = 1",
    "(" * 5000 + "1" + ")" * 5000,
    "EXISTS (select 1 from history a, history b, history c, history d, history e, history f, history g where a.id = 1)",
    "EXISTS (SELECT 1 FROM json_each('[1]'), disputes, petitions, inspections, penalties, litigation WHERE 1)",
    "",
)
FROZEN = {
    f"condition {n} in {table}": sql(f"UPDATE {table} SET condition = '{text.replace(chr(39), chr(39) * 2)}'")
    for n, text in enumerate(CONDITIONS)
    for table in ("frozen_locks", "frozen_counts")
}
FROZEN["fields"] = sql(f"UPDATE frozen_locks SET fields = 'uid,(SELECT(1)) x) BEGIN {KILL}; END --'")
FROZEN |= {f"figure {n}": sql(f"UPDATE frozen_figures SET content = '{text}'") for n, text in enumerate(JSON)}
FROZEN |= {
    f"frozen day {n}": sql(f"UPDATE freezes SET begin = '{text}'")
    for n, text in enumerate(("", "x", "9999-99-99"))
}
OWN = {
    f"{kind} {n}": setting(f"{kind}:{place}", value)
    for kind, place in (
        ("own_field", "disputes.own_a"),
        ("own_field", "disputes.own_a) ; DROP TABLE disputes --"),
        ("own_field", "disputes.uid"),
        ("own_field", "nowhere.own_b"),
        ("own_code", "disputes.cause.own_c"),
        ("own_code", "disputes.cause.a';b"),
        ("own_figure", "disputes.own_d"),
        ("rounding", "disputes.accepted"),
        ("workday", "2020-01-01"),
        ("workyear", "9" * 30),
        ("hidden_ledger", "disputes"),
    )
    for n, value in enumerate(
        (
            *JSON,
            json.dumps({"label": "x", "kind": "text"}),
            json.dumps({"label": "x" * 100_000, "kind": "code"}),
            json.dumps({"label": ["x"], "kind": {"a": 1}}),
            json.dumps({"label": "\u202e\0", "kind": "money", "unit": 3, "help": []}),
            json.dumps(
                {
                    "label": "a",
                    "unit": "b",
                    "above": {"ledger": "disputes", "what": "sum", "field": "uid); --"},
                }
            ),
        )
    )
}
SETTINGS = {
    f"setting {key} {n}": setting(key, value) for key in BY_KEY for n, value in enumerate(("x\0", "9" * 400))
}
SETTINGS |= {
    f"pattern {n}": setting("pattern_disputes", value)
    for n, value in enumerate(("{", "{0.__class__}", "{n:9999999999}", "", "{year}" * 999))
}
VALUES: dict[str, Attack] = {
    f"{key} = {value!r:.40}": record({key: value})
    for key, values in {
        "applied_on": (
            "2020-02-31",
            "2020-1-1",
            "2020",
            "9999-12-31",
            "0001-01-01",
            "2020-01-01' OR 1",
            "2020-01-01T99:99",
        ),
        "accepted_on": ("x", "", "20200101", "2020-W01-1"),
        "claim_amount": (2**63 - 1, -(2**63), 10**15, -1),
        "workers": (2**62, -5),
        "applicant": ("x" * 3_000_000, "a\0b", "\u202e", "、" * 50_000, "=1+1", "\x1b[2J"),
        "case_no": ("", None, "\n", "号" * 100_000, "*"),
        "cause": ("nowhere", ";;;", "a;" * 20_000),
        "mixed": (7,),
    }.items()
    for value in values
}
VALUES |= {
    "an event of nothing": record(
        {"of": "nowhere", "record": "x", "kind": "hearing", "happened_on": "2020-01-01", "title": "x"},
        "events",
    ),
    "an event at no time": record(
        {
            "of": "disputes",
            "record": "x",
            "kind": "suspension",
            "happened_on": "2020-01-01",
            "until": "x",
            "title": "x",
        },
        "events",
    ),
    "a party of itself": record({"of": "parties", "record": "x", "role": "third", "name": "x"}, "parties"),
    "a file without content": record(
        {"of": "disputes", "record": "x", "name": "a", "digest": "../../..", "size": 1}, "attachments"
    ),
    "no day": sql("UPDATE disputes SET due_on = 'x'"),
    "a year": sql("UPDATE disputes SET year = 9223372036854775807"),
    "numbers": sql("UPDATE counters SET no = 9223372036854775807, number = 9223372036854775807"),
}
COUNTERS = (*JSON, '[["disputes", "x", [], {}]]', "[1]", '[["disputes", 2020, 1]]')
ROWS: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("draws", "x", "update", {"made": 1}),
    ("draws", "x", "insert", {"seed": 1}),
    ("freezes", "x", "thaw", {"why": []}),
    ("freezes", "x", "freeze", {}),
    ("templates", "x", "update", {"content": 5}),
    ("templates", "x", "update", {"content": [None, "0" * 64]}),
    ("settings", "settings", "update", {"office": 5}),
    ("settings", "settings", "update", {"office": [None, {"a": 1}]}),
    ("settings", "y", "insert", {"office": ["a", "b"]}),
    ("", "", "merge", {"twice": 5}),
    ("", "", "merge", {"twice": {"disputes": [1, None], "nowhere": 5}}),
    ("", "", "part", {"absent": 5}),
    ("", "", "part", {"absent": ["zz"]}),
    ("disputes", "nowhere", "update", {"applicant": ["a", "b"]}),
    ("disputes", "nowhere", "insert", {"applicant": ["a"], "created_at": 5}),
    ("disputes", "nowhere", "bin", {}),
    ("disputes", "", "insert", {}),
    ("events", "x", "insert", {}),
    ("nowhere", "x", "delete", {"a": 1}),
)
DECLARED = {
    "deletes with a head": sql(
        "ALTER TABLE disputes ADD COLUMN evil BLOB REFERENCES heads(hash) ON DELETE CASCADE",
        "UPDATE disputes SET evil = (SELECT hash FROM heads)",
    ),
    "keeps heads": sql(
        "CREATE TABLE evil (hash REFERENCES heads(hash))", "INSERT INTO evil SELECT hash FROM heads"
    ),
    "generated": sql(
        "ALTER TABLE disputes ADD COLUMN own_a TEXT GENERATED ALWAYS AS (hex(zeroblob(900000000)))"
    ),
    "expression": sql("CREATE INDEX evil ON disputes(length(hex(zeroblob(100000000 + id))))"),
    "expression by our name": sql("CREATE INDEX disputes_by_evil ON disputes(hex(zeroblob(1000 + id)))"),
    "one less": sql("DROP INDEX disputes_by_number_key"),
    "twice": sql("DROP INDEX disputes_by_uid", "UPDATE disputes SET uid = (SELECT min(uid) FROM disputes)"),
    "never taken": sql("DELETE FROM _sqlite_migrations WHERE name = 'drafts_of_forms'"),
    "full": sql("UPDATE disputes SET id = 9223372036854775807 WHERE id = 5"),
}
INSIDE = {
    **{
        f"changes {n}": rewritten(f"UPDATE history SET changes = '{text}' WHERE action = 'update'")
        for n, text in enumerate(JSON)
    },
    **{
        f"settings changes {n}": rewritten(f"UPDATE history SET changes = '{text}' WHERE ledger = 'settings'")
        for n, text in enumerate(JSON)
    },
    "another action": rewritten("UPDATE history SET action = 'explode'"),
    "another ledger": rewritten("UPDATE history SET ledger = 'nowhere'"),
    "a ledger of SQL": rewritten("UPDATE history SET ledger = 'disputes; DROP TABLE disputes'"),
    "no uid": rewritten("UPDATE history SET uid = ''"),
    "identifiers": rewritten("UPDATE history SET id = 'z' || id"),
    "short identifiers": rewritten("UPDATE history SET id = rowid"),
    "when": rewritten("UPDATE operations SET at = 'x', kind = 'y', note = printf('%.*c', 1000000, 'x')"),
    "parents": sql("UPDATE history SET parents = x'00'"),
    "itself as parent": sql("UPDATE history SET parents = hash"),
    "hashes": sql("UPDATE history SET hash = x''"),
    "heads": sql("INSERT INTO heads VALUES (randomblob(1000))"),
    "no history": sql("DELETE FROM history", "DELETE FROM operations"),
    "a content": sql("UPDATE contents SET content = zeroblob(3), size = -1"),
    "known rows": sql("INSERT INTO imported VALUES ('x', 'disputes', 'nothing = = here')"),
    "steps": sql("UPDATE steps SET counters = 'x', operation = 'y'"),
    "step counters": sql("UPDATE steps SET counters = '[[\"nowhere\", 1, 2, 3]]'"),
    "a step itself": sql("UPDATE steps SET made = operation, rows = -1, last = 'x'"),
    **{f"step counters {n}": sql(f"UPDATE steps SET counters = '{text}'") for n, text in enumerate(COUNTERS)},
    "the version of a search index": sql("UPDATE disputes_search_config SET v = 999"),
    **{f"a row {row}": added(*row) for row in ROWS},
    **{f"shapes {n}": sql(f"UPDATE shapes SET shape = '{text}'") for n, text in enumerate(JSON)},
    **{f"draws {n}": sql(f"UPDATE draws SET content = '{text}'") for n, text in enumerate(JSON)},
    **{
        f"drafts {n}": sql(
            f"INSERT INTO drafts VALUES ('{n}', '{WHO.clerk}', '{WHO.origin}', 'disputes', '', '', '{text}')"
        )
        for n, text in enumerate(JSON)
    },
    "computed": sql("UPDATE computed SET rules = 'x'"),
    "a step of another program": sql(
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('tracker', 'x', 'y')"
    ),
    "reasons": sql("INSERT INTO reasons VALUES ('x')"),
    "names": sql("INSERT INTO names(ledger, text) VALUES ('disputes', '\"*^. OR ')"),
    **{
        f"template {n}": lambda office, name=name: templates.write(office.db, WHO, name, b"PK no document")
        for n, name in enumerate(NAMES)
    },
    "the report's template": lambda office: templates.write(
        office.db, WHO, "report", b"PK\x03\x04" + b"x" * 5000
    ),
    **{
        f"attachment {n}": record(
            {"of": "disputes", "record": "x", "name": name, "digest": "0" * 64, "size": 1}, "attachments"
        )
        for n, name in enumerate(NAMES)
    },
}
ATTACKS: dict[str, dict[str, Attack]] = {
    "triggers": TRIGGERS,
    "views": VIEWS,
    "frozen": FROZEN,
    "own": OWN,
    "settings": SETTINGS,
    "values": VALUES,
    "inside": INSIDE,
    "declared": DECLARED,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound file in which each attack is then made."""
    path = tmp_path_factory.mktemp("made") / "cases.db"
    with closing(make_office(path, WHO)) as office:
        stored.write(office.db, WHO, {"region": "京怀"})
        uids = [case(office, n) for n in range(1, 6)]
        editing.save(office, DISPUTES, {"applicant": "李四"}, uids[0])
        attachments.attach(office, DISPUTES, uids[0], [Incoming("笔录.txt", content=b"x")])
        templates.write(office.db, WHO, "report", b"one")
        draws.keep(office.db, WHO, drawn(uids[0]))
        freezing.freeze(office, YEAR, "年报")
    return path


def used(office: Office, folder: Path) -> None:
    """What a clerk does with a file in a minute."""
    verify(office)
    for ledger in (DISPUTES, INSPECTIONS):
        own = office.catalogue.by_name[ledger.name]
        list(records.ids(office.db, Query(own)))
        export_list(office, Query(own), tuple(own.by_key), folder / "list.xlsx")
    for (uid,) in office.db.rows("SELECT uid FROM disputes"):
        past.of_record(office, DISPUTES, {"uid": uid})
        for attachment in attachments.of_record(office.db, str(uid)):
            attachments.copy_to_open(office.db, attachment, folder)
    undoing.offered(office)
    list(log.text_lines(log.read(office)))
    drafts.left(office.db, office.who)
    draws.every(office.db)
    frozen = freezes.all_freezes(office.db)
    for freeze in frozen:
        freezing.compare(office.db, freeze)
    if not frozen:
        figures(office.db, YEAR)
    today.read(office, date(2020, 6, 1))


def tried(path: Path, folder: Path) -> list[str]:
    """What opening for reading, for writing with a new record, and merging into another file says, one by one."""
    victim = Path(shutil.copy(folder / "victim.db", folder / "mine.db"))
    said = []

    def read() -> None:
        with closing(opening.to_read(path, WHO)) as office:
            used(office, folder)

    def write() -> None:
        with closing(opening.to_write(path, WHO)) as office:
            before = office.db.rows("SELECT count(*) FROM disputes")[0][0]
            with office.because("更正"):
                case(office, 77, applied_on="2021-03-02")
            after = office.db.rows("SELECT count(*) FROM disputes")[0][0]
            assert after == before + 1, "a trigger was run"

    def merge() -> None:
        with closing(open_office(victim, Who("另一人", "elsewhere"))) as office, office.because("合并"):
            before = held(office)
            try:
                merging.merge(office, path, newest=True)
            except BaseException:
                assert held(office) == before, "changed by what was refused"
                raise
            assert {*before} <= {*held(office)} and verify(office).faults == ()
            used(office, folder)

    for work in (read, merge, write):
        said.append(told(work))
    assert {"victim.db", "mine.db"} <= {one.name for one in folder.iterdir()}
    return said


def held(office: Office) -> list[str]:
    return [str(uid) for (uid,) in office.db.rows("SELECT uid FROM disputes ORDER BY uid")]


def chosen(attacks: dict[str, Attack]) -> list[tuple[str, Attack]]:
    """All where the variable says so, else as many as there is time for."""
    every = list(attacks.items())
    return every if ALL else Random(7).sample(every, min(len(every), 4))


@pytest.mark.parametrize("kind", ATTACKS)
def test_files_written_by_anyone(made: Path, tmp_path: Path, kind: str) -> None:
    with closing(make_office(tmp_path / "victim.db", WHO)) as office:
        case(office, 50)
    outside = set(tmp_path.parent.iterdir())

    def all_of_them() -> str:
        report = []
        for n, (name, attack) in enumerate(chosen(ATTACKS[kind])):
            folder = tmp_path / str(n)
            folder.mkdir()
            shutil.copy(tmp_path / "victim.db", folder / "victim.db")
            path = Path(shutil.copy(made, folder / "evil.db"))
            with closing(open_office(path, WHO)) as office, office.because("x"):
                refused = told(lambda: attack(office))  # noqa: B023 (called at once)
            said = tried(path, folder)
            report.append([name, refused, *said])
            shutil.rmtree(folder)
        return json.dumps(report, ensure_ascii=False)

    report = bounded(all_of_them)
    assert report.startswith("["), report[:2000]
    found = json.loads(report)
    bad = [one for one in found if any(text.startswith(("DEFECT", "no sentence")) for text in one[2:])]
    refused = sum(bool(text) for one in found for text in one[2:])
    print(f"{kind}: {len(found)} files tried in three ways, {refused} times refused in a sentence")
    assert not bad, "\n".join(map(str, bad[:40]))
    assert set(tmp_path.parent.iterdir()) == outside
