"""What is written of a run, when that is asked for."""

from __future__ import annotations

import logging
import stat

import pytest
from tests.conftest import HARBOUR
from tests.terminal import Person

from explorer.storage import run_log
from explorer.storage.crash_report import crash


@pytest.fixture
def log(tmp_path):
    logger = logging.getLogger("explorer")
    before = [*logger.handlers]
    path = tmp_path / "run.log"
    run_log.begin(path)
    yield path
    for handler in [h for h in logger.handlers if h not in before]:
        logger.removeHandler(handler)
        handler.close()


def failure(words):
    def fail():
        raise RuntimeError(words)

    with pytest.raises(RuntimeError) as caught:
        fail()
    return caught.value


def test_a_run_in_a_terminal_is_written_down_without_anybodys_words(tmp_path):
    person = Person(tmp_path / "home")
    path = tmp_path / "run.log"
    with person.opens(HARBOUR, "--go", "issue:tolls", "--log", path) as terminal:
        terminal.wait_for("Tolls")
        terminal.press("n")
        terminal.wait_for("Note on ")
        terminal.type("Met the source at noon.")
        terminal.wait_for("noon.")
        terminal.press("ctrl+s")
        terminal.wait_for("Saved")
    text = path.read_text("utf-8")
    assert "explorer 0." in text
    assert "the dataset and the notes were read, " in text
    assert "do('write_note') in record, " in text
    assert "noon" not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_failure_is_written_with_where_it_came_from(log):
    crash(failure("x\x1b[31mred"))
    text = log.read_text("utf-8")
    assert "Traceback" in text
    assert "RuntimeError" in text
    assert "\x1b" not in text


def test_without_it_a_failure_is_not_printed(capfd):
    crash(failure("nobody asked"))
    assert capfd.readouterr().err == ""


def test_a_second_run_is_added_to_the_first(log):
    run_log.note("one")
    run_log.begin(log)
    run_log.note("two")
    assert [word in log.read_text("utf-8") for word in ("one", "two")] == [True, True]
