"""Beginning with a data file, and who acts in it."""

from __future__ import annotations

import logging
from collections.abc import ItemsView
from contextlib import closing
from pathlib import Path

import pytest

from tracker import logs
from tracker.errors import FileProblem, UserError
from tracker.operations import demonstration
from tracker.operations.fresh import free_name
from tracker.operations.progress import Progress
from tracker.operations.setup import change_settings, commission_of, make_new, open_as_set


def test_a_new_file_has_the_settings_and_its_clerk_acts(tmp_path: Path) -> None:
    office = make_new(tmp_path / "deep" / "er" / "a.db", {"clerk": "王书记员", "region": "京怀"})
    assert office.who.clerk == "王书记员"
    assert office.setting("region") == "京怀"
    office.close()
    again = open_as_set(tmp_path / "deep" / "er" / "a.db")
    assert again.who.clerk == "王书记员"
    again.close()


def test_a_refused_setting_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with pytest.raises(UserError):
        make_new(path, {"pattern_disputes": "no counter"})
    assert list(tmp_path.iterdir()) == []


class Looking(dict[str, str | None]):
    """Settings that tell what lies in a folder when they are about to be written."""

    def __init__(self, folder: Path, **values: str) -> None:
        super().__init__(values)
        self.folder, self.seen = folder, set[str]()

    def items(self) -> ItemsView[str, str | None]:
        self.seen |= {path.name for path in self.folder.iterdir()}
        return super().items()


def test_a_new_file_has_its_name_only_once_all_is_in_it(tmp_path: Path) -> None:
    """Killed before, it leaves nothing that could be taken for a file, and what it leaves goes at the next try."""
    looking = Looking(tmp_path, region="京怀")
    make_new(tmp_path / "a.db", looking).close()
    made = {name for name in looking.seen if name.startswith(".a.db.")}
    assert made and looking.seen - made == {"a.db.lock"}
    for name in made:
        (tmp_path / name.replace("a.db", "b.db")).touch()
    make_new(tmp_path / "b.db", {}).close()
    assert {path.name for path in tmp_path.iterdir()} == {"a.db", "b.db"}


def test_a_lost_log_is_not_played_into_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "a.db-wal").write_bytes(b"of a file that is gone")
    with closing(make_new(tmp_path / "a.db", {"region": "京怀"})) as office:
        assert office.setting("region") == "京怀"


def test_a_demonstration_has_its_name_only_once_it_is_whole(tmp_path: Path) -> None:
    path, seen = tmp_path / "demo.db", list[bool]()

    class Look(Progress):
        def report(self, done: int, total: int | None, text: str = "") -> None:
            seen.append(path.exists())

    demonstration.make(demonstration.names()[0], path, Look())
    assert path.exists() and seen and not any(seen)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem, match="file"):
        make_new(tmp_path / "file" / "a.db", {})


def test_the_environment_names_the_clerk_before_the_file_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASE_TRACKER_CLERK", "张书记员")
    office = make_new(tmp_path / "a.db", {"clerk": "王书记员"})
    assert office.who.clerk == "张书记员"
    monkeypatch.delenv("CASE_TRACKER_CLERK")
    assert change_settings(office, {"clerk": "李书记员"}).settings
    assert office.who.clerk == "李书记员"
    office.close()


def test_a_free_name_has_the_next_number(tmp_path: Path) -> None:
    path = tmp_path / "cases.db"
    assert free_name(path) == path
    path.touch()
    (tmp_path / "cases-2.db").touch()
    assert free_name(path) == tmp_path / "cases-3.db"


def test_the_log_is_written_where_it_can_be(tmp_path: Path) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        path = logs.start(tmp_path / "log")
        logging.getLogger("tracker.test").warning("something")
        assert path is not None and "something" in path.read_text(encoding="utf-8")
        (tmp_path / "file").write_text("", encoding="utf-8")
        assert logs.start(tmp_path / "file") is None
    finally:
        for handler in [h for h in root.handlers if h not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)


@pytest.mark.parametrize(
    ("office", "commission"),
    [
        ("北京市怀柔区人力资源和社会保障局", "北京市怀柔区劳动人事争议仲裁委员会"),
        ("永安市人力资源社会保障局 ", "永安市劳动人事争议仲裁委员会"),
        ("怀柔区人社局仲裁科", "怀柔区劳动人事争议仲裁委员会"),
        ("怀柔区劳动人事争议仲裁院", "怀柔区劳动人事争议仲裁委员会"),
        ("怀柔区劳动人事争议调解仲裁院", "怀柔区劳动人事争议仲裁委员会"),
        ("怀柔区劳动人事争议仲裁委员会", "怀柔区劳动人事争议仲裁委员会"),
        ("怀柔仲裁院", "怀柔劳动人事争议仲裁委员会"),
        ("人社局", ""),
        ("怀柔区司法局", ""),
        ("", ""),
    ],
)
def test_the_commission_is_proposed_from_the_name_of_the_office(office: str, commission: str) -> None:
    assert commission_of(office) == commission
