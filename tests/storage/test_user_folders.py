"""Folders of the user: private, and for a group where one shares them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.storage import files, folders

posix = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_importing_makes_no_folder_and_loads_no_helper(tmp_path: Path) -> None:
    source = str(Path(files.__file__).parents[2])
    script = "import sys, explorer.storage.folders; print('platformdirs' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"HOME": str(tmp_path), "PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
    assert list(tmp_path.iterdir()) == []


def test_folders_of_the_user_bear_the_name_of_the_app() -> None:
    found = [folders.data_folder(), folders.config_folder(), folders.cache_folder()]
    assert all("explorer" in folder.parts for folder in found)


@posix
@pytest.mark.usefixtures("open_umask")
def test_every_level_of_a_private_folder_is_private(tmp_path: Path) -> None:
    folders.private_folder(tmp_path / "one" / "two" / "three")
    assert [mode(tmp_path / level) for level in ("one", "one/two", "one/two/three")] == [0o700] * 3


@posix
def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    folders.private_folder(tmp_path / "shared" / "mine")
    folders.private_folder(tmp_path / "shared")
    assert mode(tmp_path / "shared") == 0o755


def test_a_file_in_the_way_of_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    for path in (tmp_path / "taken", tmp_path / "taken" / "below"):
        with pytest.raises(NotADirectoryError) as caught:
            folders.private_folder(path)
        assert files.why(caught.value) == "a file stands where a folder is needed"
    assert (tmp_path / "taken").read_text() == "mine"


@posix
@pytest.mark.parametrize(
    ("folder", "inside", "file"),
    [
        (0o700, 0o700, 0o600),
        (0o755, 0o700, 0o600),
        (0o1777, 0o700, 0o600),
        (0o770, 0o770, 0o660),
        (0o775, 0o770, 0o660),
        (0o2750, 0o2750, 0o640),
        (0o2775, 0o2770, 0o660),
        (0o3770, 0o2770, 0o660),
    ],
    ids=oct,
)
@pytest.mark.usefixtures("open_umask")
def test_what_is_made_in_a_shared_folder_is_for_its_group(
    tmp_path: Path, folder: int, inside: int, file: int
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(folder)
    folders.folder_within(shared / "one" / "two")
    for made in (shared / "one", shared / "one" / "two"):
        assert made.stat().st_mode & 0o7777 == inside
    with files.temporary(shared, b"", access=files.access_in(shared)) as new:
        assert mode(new) == file
