"""Ended from outside, the program still leaves the terminal as it found it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from tests.conftest import HARBOUR
from tests.terminal import Person, assert_left_clean

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGINT,
        pytest.param(
            signal.SIGTERM,
        ),
    ],
)
def test_the_terminal_is_left_clean(tmp_path: Path, number: signal.Signals) -> None:
    with Person(tmp_path / "home").opens(HARBOUR) as terminal:
        terminal.wait_for("Round · Chart room")
        terminal.signal(number)
        terminal.wait_for_end()
        assert_left_clean(terminal)
