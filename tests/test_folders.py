"""Folders that may not be used: what needs them says so, and everything else works."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import HARBOUR

from explorer import cli, opening, settings
from explorer.storage import crash_report, files, folders

NOBODY = 65534
WITHOUT_NOTES = (
    ("list", "issues"),
    ("show", "issue:tolls"),
    ("positions",),
    ("accounts",),
    ("measures",),
    ("figures",),
    ("changes",),
    ("search", "toll"),
    ("brief",),
)
WITH_NOTES = (
    ("notes", "list"),
    ("notes", "tags"),
    ("notes", "due"),
    ("notes", "export"),
    ("notes", "where"),
    ("notes", "rename-tag", "one", "other"),
)


@pytest.fixture
def run(capsys):
    """Runs a command in this process: its exit code, its output and its errors."""

    def run(*given: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in given])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Everything is imported that commands need: others may not read where Python is."""
    notes = str(tmp_path_factory.mktemp("notes"))
    for command in (*WITHOUT_NOTES, *WITH_NOTES, ("check", str(HARBOUR))):
        common = () if command[0] == "check" else ("--dataset", str(HARBOUR), "--notes", notes)
        cli.main([*command, *common])
    cli.main(["check", str(HARBOUR / "none")])


@pytest.fixture
def ordinary(imported: None) -> Iterator[Path]:
    """A folder of somebody without privileges, who the test is from now on."""
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(HARBOUR, folder / "harbour")
    is_root = os.name != "nt" and os.geteuid() == 0
    if is_root:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    yield folder
    if is_root:
        os.seteuid(0)
    for path, _, _ in os.walk(folder):
        Path(path).chmod(0o700)  # before it is gone into
    shutil.rmtree(folder, ignore_errors=True)


# Notes that may not be read.


def blocked(folder: Path, how: str) -> str:
    """Make notes impossible in a folder; the words in which that is told."""
    if how == "a file":
        folder.write_text("")
        return "is not a folder"
    if how == "a link to itself":
        folder.symlink_to(folder)
        return "it is a symbolic link"
    closed = {"closed": folder, "closed within": folder / "harbour-talks"}.get(how)
    closed = closed or folder / "harbour-talks" / "notes"
    closed.mkdir(parents=True)
    closed.chmod(0)
    return "permission was refused"


WAYS = ("a file", "a link to itself", "closed", "closed within", "closed deep within")


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
@pytest.mark.parametrize("how", WAYS)
def test_what_needs_no_notes_works_without_them(run, ordinary, how):
    notes = ordinary / "notes"
    expected = {c: run(*c, "--dataset", ordinary / "harbour")[1] for c in WITHOUT_NOTES}
    why = blocked(notes, how)
    for command in WITHOUT_NOTES:
        code, out, err = run(*command, "--dataset", ordinary / "harbour", "--notes", notes)
        assert (code, out) == (0, expected[command])
        assert err.startswith("explorer: Notes are off. ")
        assert err.count("\n") == 1
        assert why in err
        assert str(notes) in err
        assert "--notes DIR" in err


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
@pytest.mark.parametrize("how", WAYS)
def test_what_needs_notes_says_why_there_are_none(run, ordinary, how):
    notes = ordinary / "notes"
    why = blocked(notes, how)
    for command in WITH_NOTES:
        code, out, err = run(*command, "--dataset", ordinary / "harbour", "--notes", notes)
        assert (code, out) == (1, "")
        assert why in err
        assert str(notes) in err
        assert "output" not in err


def test_a_briefing_without_notes_does_not_speak_of_them(run, harbour, tmp_path):
    (tmp_path / "notes").write_text("")
    given = ("brief", "--without-notes", "--dataset", harbour, "--notes", tmp_path / "notes")
    code, out, err = run(*given)
    assert (code, err) == (0, "")
    assert out


def test_a_link_that_leads_nowhere_yet_is_a_folder_to_be(run, harbour, tmp_path):
    (tmp_path / "notes").symlink_to(tmp_path / "nowhere yet")
    code, _, err = run("notes", "list", "--dataset", harbour, "--notes", tmp_path / "notes")
    assert (code, err) == (0, "There are no notes yet.\n")


def test_a_folder_in_which_nothing_may_be_written_is_told_of(harbour, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)  # as root, everything may be written
    opened = opening.read(harbour, tmp_path / "notes")
    assert opened.store is not None
    assert opened.trouble.startswith("Notes cannot be saved: nothing may be written in ")
    assert str(tmp_path / "notes") in opened.trouble


@pytest.mark.parametrize(
    "asked", ["tag:watch", "-tag:watch tolls", "has:note", "kind:note", "kind:note tolls"]
)
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_notes_that_could_not_be_read_are_not_said_not_to_exist(
    run, harbour, tmp_path, asked, more
):
    (tmp_path / "notes").write_text("")
    where = ("--dataset", harbour, "--notes", tmp_path / "notes")
    code, out, err = run("search", *asked.split(), *more, *where)

    assert code == 2
    assert "Notes are off. " in err
    assert "asks for your notes, and notes are off" in err
    assert "there is no tag" not in out + err
    assert "Nothing was found" not in out + err


def test_a_tag_that_may_be_in_a_file_that_is_damaged_is_not_said_to_be_nowhere(
    run, harbour, tmp_path
):
    folder = tmp_path / "harbour-talks" / "notes"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text("#watch")
    _, _, err = run("search", "tag:watch", "--dataset", harbour, "--notes", tmp_path)

    assert "there is no tag “watch” in what could be read; 1 file could not" in err


@pytest.mark.parametrize("name", ["notes", "notes/in/it"])
def test_a_file_that_is_named_as_the_folder_of_notes_is_not_to_be_moved_away(
    run, harbour, tmp_path, name
):
    (tmp_path / "notes").write_text("")
    code, _, err = run("notes", "list", "--dataset", harbour, "--notes", tmp_path / name)

    assert code == 1
    assert err == (
        f"explorer: Notes are off. “{tmp_path / 'notes'}” is not a folder. "
        "Name another folder with --notes DIR or EXPLORER_NOTES.\n"
    )


# A home that no shell has put in the place of its sign.


def test_a_folder_in_ones_home_is_found_though_no_shell_saw_to_it(
    run, harbour, tmp_path, monkeypatch
):
    """As in --notes=~/x, in a container's settings, and at the prompt of Windows."""
    (home := tmp_path / "home").mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(harbour, home / "talks")
    monkeypatch.setenv("EXPLORER_NOTES", "~/notes")
    code, _, err = run("brief", "--output=~/brief.md", "--dataset=~/talks")
    assert (code, err) == (0, err)
    assert (home / "brief.md").exists()
    code, _, _ = run("notes", "backup", "--output=~/kept.zip", "--dataset=~/talks")
    assert not list(tmp_path.glob("~*")), "no folder of that name"
    assert run("notes", "list", "--notes=~/x", "--dataset", "~/talks")[0] == 0


# A user without a home.


@pytest.fixture
def homeless(monkeypatch):
    """Nobody whom the system knows, and no word of where they live."""
    for name in ("HOME", "EXPLORER_NOTES", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    if os.name != "nt":
        import pwd

        def unknown(uid: int) -> None:
            raise KeyError(uid)

        monkeypatch.setattr(pwd, "getpwuid", unknown)


@pytest.mark.skipif(os.name == "nt", reason="homes of POSIX")
def test_without_a_home_everything_but_notes_works(run, harbour, homeless, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in WITHOUT_NOTES:
        code, out, err = run(*command, "--dataset", harbour)
        assert code == 0
        assert out
        assert err == (
            "explorer: Notes are off. This user has no home folder to keep them in. "
            "Name another folder with --notes DIR or EXPLORER_NOTES.\n"
        )
    assert run("notes", "list", "--dataset", harbour)[0] == 1
    assert run("notes", "list", "--dataset", harbour, "--notes", tmp_path / "notes")[0] == 0
    assert run("check", harbour)[0] == 0
    assert list(tmp_path.iterdir()) == [], "no folder named ~ either"


@pytest.mark.skipif(os.name == "nt", reason="homes of POSIX")
@pytest.mark.parametrize(
    "folder", [folders.data_folder, folders.config_folder, folders.cache_folder]
)
def test_without_a_home_there_are_no_folders_of_ones_own(homeless, folder):
    with pytest.raises(FileNotFoundError, match="no home folder"):
        folder()


@pytest.mark.skipif(os.name == "nt", reason="homes of POSIX")
def test_without_a_home_settings_are_the_defaults_and_a_crash_is_told(homeless, tmp_path):
    assert settings.keep("theme", "nord") == "this user has no home folder"
    assert settings.read().value("theme") == "textual-dark"
    told = str(crash_report.crash(ZeroDivisionError("by zero")))
    path = Path(told.split("this file: ")[1].splitlines()[0])
    assert "by zero" in path.read_text()
    shutil.rmtree(path.parent)


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be removed there")
def test_in_a_folder_that_is_gone_commands_work(own_folders, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    run = [sys.executable, "-m", "explorer", "list", "issues", "--dataset", str(HARBOUR)]
    shell = f'cd "{gone}" && rmdir "{gone}" && exec "$@"'
    for notes, told in (("relative", "Their folder “relative” cannot be found"), ("", "")):
        done = subprocess.run(
            ["sh", "-c", shell, "sh", *run],
            env={**os.environ, "EXPLORER_NOTES": notes},
            capture_output=True,
            text=True,
            check=False,
        )
        gone.mkdir()
        assert done.returncode == 0
        assert done.stdout.startswith("issue:tolls")
        assert told in done.stderr


# Which path an error is about.


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_dataset_that_may_not_be_read_is_named_by_its_file(run, ordinary):
    folder = ordinary / "harbour"
    file = next(folder.glob("*.toml"))
    file.chmod(0)
    code, out, _ = run("check", folder)
    assert code == 1
    assert out.startswith(f"{file}: error: it cannot be read: ")
    folder.chmod(0)
    code, out, _ = run("check", folder)
    assert code == 1
    assert out.startswith(f"{folder}: error: it cannot be read: ")


def test_an_error_of_a_path_is_never_blamed_on_the_output(run, harbour, monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/some/where")

    monkeypatch.setattr(opening, "read", refused)
    code, out, err = run("list", "issues", "--dataset", harbour)
    assert (code, out) == (1, "")
    assert err.startswith("explorer: /some/where: permission was refused.")


def test_a_write_that_fails_names_the_file(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as error:
        files.replace_file(tmp_path / "file", b"words")
    assert Path(error.value.filename).parent == tmp_path


# What nobody expected.


def test_an_unexpected_error_of_a_command_is_a_report_and_no_traceback(
    run, harbour, monkeypatch, own_folders
):
    def fault(*_: object, **__: object) -> None:
        raise ZeroDivisionError("\x1b[31m by zero")

    monkeypatch.setattr(opening, "read", fault)
    code, out, err = run("list", "issues", "--dataset", harbour)
    assert (code, out) == (1, "")
    assert "Traceback" not in err
    assert "\x1b" not in err
    assert crash_report.versions() in err
    (report,) = (own_folders / "data" / "explorer" / "reports").iterdir()
    assert str(report) in err
    assert "Traceback" in report.read_text()
    assert "\x1b" not in report.read_text()


def test_a_report_that_can_be_written_nowhere_is_told_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    told = str(crash_report.crash(ValueError("odd"), "Your words are here."))
    assert "no file could be written" in told
    assert "Your words are here." in told
    assert told.endswith("ValueError: odd")
    assert crash_report.rescued("words") is None


@pytest.mark.parametrize("closed", ["1", "2", "1,2"])
@pytest.mark.skipif(os.name == "nt", reason="closes descriptors as a shell does")
def test_a_command_without_output_or_errors_ends_as_it_should(own_folders, closed):
    shell = 'exec "$@" ' + " ".join(f"{number}>&-" for number in closed.split(","))
    for given, code in ((("list", "issues", "--dataset", HARBOUR), 0), (("check", "/no/such"), 2)):
        argv = ["sh", "-c", shell, "sh", sys.executable, "-m", "explorer", *map(str, given)]
        assert subprocess.run(argv, capture_output=True, check=False).returncode == code
