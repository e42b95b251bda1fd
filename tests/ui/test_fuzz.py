"""Anything, anywhere, at once: no burst of events may end the app or leave it without a focus."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest
from tests.ui.fuzzing import Player
from tests.ui.settling import without_clocks

from explorer import dataset
from explorer.opening import read
from explorer.ui.actions.export_actions import ExportActions
from explorer.ui.app import ExplorerApp

_FIRST, _LAST = map(int, os.environ.get("FUZZ_SEEDS", "1-4").split("-"))
SEEDS = range(_FIRST, _LAST + 1)
"""`make fuzz` tries others and more; a seed that found something joins these."""
EVENTS = int(os.environ.get("FUZZ_EVENTS", "250"))


@pytest.fixture
def _clock():
    """By hand the real clock runs, so that what takes time comes at any moment too."""
    with nullcontext() if "FUZZ_SEEDS" in os.environ else without_clocks():
        yield


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the machine is started or written to: what stands for it is harmless."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("editor", "xdg-open", "open", "pbcopy", "wl-copy", "xclip", "xsel"):
        program = programs / name
        program.write_text("#!/bin/sh\nexit 0\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}")
    monkeypatch.setenv("EDITOR", str(programs / "editor"))
    monkeypatch.delenv("VISUAL", raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    # A path that is typed may lead anywhere.
    monkeypatch.setattr(
        ExportActions,
        "path_of",
        lambda _, name, *_forms: here / "".join(c for c in name if c.isalnum()),
    )
    return here


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("data", ["harbour", "shipped"])
async def test_no_burst_of_events_ends_the_app(seed, data, harbour, notes, outside):
    # What is added must not be added to the data of the tests.
    own = shutil.copytree(harbour, outside.parent / "harbour")
    path = Path(own) if data == "harbour" else dataset.shipped()

    def opens():
        app = ExplorerApp(partial(read, path, notes))
        return app, app.run_test(size=(140, 40))

    await Player(seed, opens).play(EVENTS)
