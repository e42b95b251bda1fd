"""Anything, anywhere, at once: no burst of events may end the app or leave it without a focus."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest
from tests.conftest import HARBOUR
from tests.ui.disturbing import Disturbance
from tests.ui.fuzzing import Player
from tests.ui.settling import without_clocks

from explorer import dataset
from explorer.opening import read
from explorer.record.model import Ref
from explorer.ui.actions.export_actions import ExportActions
from explorer.ui.app import ExplorerApp

_FIRST, _LAST = map(int, os.environ.get("FUZZ_SEEDS", "1-4").split("-"))
SEEDS = range(_FIRST, _LAST + 1)
"""`make fuzz` tries others and more; a seed that found something joins these."""
EVENTS = int(os.environ.get("FUZZ_EVENTS", "250"))

DATA = {"harbour": HARBOUR, "shipped": dataset.shipped()}
SUBJECTS = {
    "harbour": (Ref("issue", "tolls"), Ref("issue", "fishing")),
    "shipped": (Ref("issue", "tariffs"), Ref("issue", "rare-earths")),
}
LIBRARY = "TY  - NEWS\nTI  - A bridge\nPB  - Gazette\nDA  - 2031/05/06\nER  -\n" * 3
QUOTES = "text;speaker;said;source\nWe build it;Noren;06.05.2031;gazette\nNo;Nobody;;\n"
"""Files that are imported, of which most is refused."""


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
    (here / "in.ris").write_text(LIBRARY)
    (here / "in.csv").write_text(QUOTES)
    monkeypatch.chdir(here)
    # A path that is typed may lead anywhere.
    monkeypatch.setattr(
        ExportActions,
        "path_of",
        lambda _, name, *_forms: here / "".join(c for c in name if c.isalnum()),
    )
    return here


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("data", DATA)
async def test_no_burst_of_events_ends_the_app(seed, data, notes, outside):
    # What is added must not be added to the data of the tests.
    path = Path(shutil.copytree(DATA[data], outside.parent / data))
    negotiation = dataset.load(path).dataset.negotiation
    subjects = (*SUBJECTS[data], negotiation.ref)
    disturb = Disturbance(path, notes, negotiation.id, subjects)

    def opens():
        disturb.restore()  # or it would not be opened
        app = ExplorerApp(partial(read, path, notes))
        return app, app.run_test(size=(140, 40))

    await Player(seed, opens, disturb).play(EVENTS)
