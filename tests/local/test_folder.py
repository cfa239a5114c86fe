from __future__ import annotations

import stat
from pathlib import Path

import pytest

from labelapp.local.errors import StartError
from labelapp.local.folder import LAYOUT, DataFolder, write_private


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.create()
    return made


def test_what_people_work_on_is_closed_to_others(folder: DataFolder) -> None:
    for name in ("pictures", "files", "uploads", "exports", "logs", "run", "backups"):
        assert stat.S_IMODE((folder.path / name).stat().st_mode) == 0o700


def test_it_refuses_a_folder_of_a_newer_version(folder: DataFolder) -> None:
    (folder.path / "layout").write_text(f"{LAYOUT + 1}\n")
    with pytest.raises(StartError, match="written by a newer labelapp"):
        folder.create()


def test_the_key_is_made_once_and_kept_private(folder: DataFolder) -> None:
    key = folder.secret_key()
    assert len(key) >= 50
    assert folder.secret_key() == key
    assert stat.S_IMODE((folder.path / "secret_key").stat().st_mode) == 0o600


def test_choices_are_kept_until_they_are_changed(folder: DataFolder) -> None:
    assert folder.remember(port=1)["port"] == 1
    assert folder.remember(port=2)["port"] == 1
    folder.change(port=3)
    assert folder.remember(port=4)["port"] == 3


def test_only_one_holds_it_at_a_time(folder: DataFolder) -> None:
    with folder.held("make run"):
        assert folder.in_use()
        with (
            pytest.raises(StartError, match=r"make run is already running.*DATA_DIR"),
            folder.held("make restore"),
        ):
            pass
    assert not folder.in_use()


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("open to all")
    path.chmod(0o644)
    write_private(path, "closed")
    assert path.read_text() == "closed"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match="Choose another DATA_DIR"):
        DataFolder(tmp_path / "file" / "data").create()
