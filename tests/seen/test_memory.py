"""What was seen, on the disk."""

import os
import stat
import subprocess
import sys
from datetime import date

import pytest

from explorer.record.model import Ref
from explorer.seen import memory

ISSUE = Ref("issue", "tolls")


def kept(own_folders):
    return sorted((own_folders / "state").rglob("*.seen"))


def test_a_form_is_read_back_as_it_was_kept():
    with memory.opened("talks", "here") as seen:
        seen.set_hint(['{"name":"Tolls"}'])
        seen.keep([(ISSUE, '{"name":"Tolls, ≥ 5"}', 700)])
    with memory.opened("talks", "here") as seen:
        assert seen.form("issue:tolls") == memory.SeenForm('{"name":"Tolls, ≥ 5"}', 700)
        assert [*seen.digests()] == ["issue:tolls"]
        assert seen.form("issue:others") is None


def test_it_is_for_this_user_alone(own_folders):
    old = os.umask(0)
    try:
        with memory.opened("talks", "here"):
            pass
    finally:
        os.umask(old)
    (path,) = kept(own_folders)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_begun_and_fails_is_not_done():
    with memory.opened("talks", "here") as seen:
        seen.note(since="2032-01-01")

    def noted_and_failed():
        with memory.opened("talks", "here") as seen:
            seen.note(since="2032-02-02")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        noted_and_failed()
    with memory.opened("talks", "here") as seen:
        assert seen.since == date(2032, 1, 1)


_MARK = """
import sys
from explorer.record.model import Ref
from explorer.seen import memory
for number in range(25):
    with memory.opened("talks", "here") as seen:
        seen.keep([(Ref("issue", f"{sys.argv[1]}-{number}"), "{}", 1)])
"""


def test_explorers_that_write_at_once_take_turns():
    with memory.opened("talks", "here") as seen:
        seen.set_hint(["{}"])
    command = [sys.executable, "-c", _MARK]
    running = [subprocess.Popen([*command, name]) for name in ("one", "other", "third")]
    assert [process.wait() for process in running] == [0, 0, 0]
    with memory.opened("talks", "here") as seen:
        assert len(seen.digests()) == 75


def test_a_file_of_another_format_is_begun_anew(own_folders, monkeypatch):
    with memory.opened("talks", "here") as seen:
        seen.note(since="2032-01-01")
    monkeypatch.setattr(memory, "FORMAT", memory.FORMAT + 1)
    with memory.opened("talks", "here") as seen:
        assert seen.about == {}


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_in_its_place_is_not_followed(own_folders, tmp_path):
    with memory.opened("talks", "here"):
        pass
    (path,) = kept(own_folders)
    path.unlink()
    (tmp_path / "mine").write_bytes(b"mine")
    path.symlink_to(tmp_path / "mine")
    with pytest.raises(memory.Unusable), memory.opened("talks", "here"):
        pass
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_only_the_places_that_were_used_last_are_kept(own_folders, monkeypatch):
    monkeypatch.setattr(memory, "_KEPT", 3)
    for number in range(6):
        with memory.opened(f"talks-{number}", "here"):
            pass
        for path in kept(own_folders):  # the older, the longer ago
            found = path.stat()
            os.utime(path, (found.st_mtime - 10, found.st_mtime - 10))
    assert {path.parent.name[:7] for path in kept(own_folders)} >= {"talks-5", "talks-4"}
    assert len(kept(own_folders)) == 3


def test_a_home_that_cannot_be_written_to_is_said_and_no_crash(own_folders):
    (own_folders / "state").write_text("a file")
    with pytest.raises(memory.Unusable), memory.opened("talks", "here"):
        pass
