"""What all tests share: an invented dataset, and folders that are nobody's."""

from __future__ import annotations

import functools
import gc
import itertools
import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from explorer import dataset
from explorer.dataset import validate
from explorer.notes import Notes
from explorer.record.clock import PINNED
from explorer.record.index import Index
from explorer.view import View

# Thousands of apps come and go: looking for what is left over less often saves a seventh.
gc.set_threshold(100_000, 50, 50)

HARBOUR = Path(__file__).parent / "data" / "harbour"

BASE: Mapping[str, str] = {
    "negotiation": """\
[negotiation]
id = "ferry"
name = "Ferry talks"
summary = "Two banks and a ferry."
began = 2031-01-01
record_ends = 2031-12-31
sources = ["gazette"]
""",
    "source": """\
[[source]]
id = "gazette"
publisher = "River Gazette"
title = "The ferry"
type = "press"
""",
    "delegation": """\
[[delegation]]
id = "east"
name = "East bank"
short = "East"
sources = ["gazette"]
""",
    "delegate": """\
[[delegate]]
id = "marlow"
name = "Ida Marlow"
short = "Marlow"
delegation = "east"
sources = ["gazette"]

[[delegate.role]]
title = "Ferry master"
sources = ["gazette"]
""",
    "round": """\
[[round]]
id = "jetty"
name = "Jetty"
meeting = "talks"
starts = 2031-05-01
ends = 2031-05-02
summary = "They meet at the jetty."
sources = ["gazette"]
""",
    "issue": """\
[[issue]]
id = "fares"
name = "Fares"
summary = "What a crossing costs."
sources = ["gazette"]
""",
}
"""The least that other records can be added to, a table of each kind they name."""


WARM_CACHE = "EXPLORER_TESTS_WARM_CACHE"
"""Names the folder of a cache that tests may share which are not about it."""


# A slow machine is no failure: speed is measured in bench/. The same examples everywhere,
# whatever was found on this machine before: what fails in CI fails here too.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("long", deadline=None, max_examples=2000)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "same")
settings.load_profile(PROFILE)


def examples(usual: int, long: int) -> int:
    """How many examples to try of what takes long: more in the long profile."""
    return long if PROFILE == "long" else usual


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for each test, made without looking through those of all before it."""
    homes = tmp_path_factory.mktemp("homes")
    return (homes / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_folders(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's own data, configuration, cache or notes.

    They lie beside `tmp_path`, so that a test finds nothing there but what it put there.
    """
    home = next(_homes)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("EXPLORER_NOTES", str(home / "notes"))
    # Whatever the terminal can show in which they run.
    monkeypatch.setenv("EXPLORER_GLYPHS", "unicode")
    monkeypatch.setenv("COLORTERM", "truecolor")
    return home


@pytest.fixture(scope="session", autouse=True)
def _warm_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ[WARM_CACHE] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """The reader's clock: it stands in UTC unless a test moves it elsewhere."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    move("UTC")
    yield move
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def own_day(monkeypatch: pytest.MonkeyPatch) -> date:
    """No test depends on the day it runs: to each it is the last of the invented record."""
    day = date(2032, 6, 30)
    monkeypatch.setenv(PINNED, day.isoformat())
    return day


@pytest.fixture(scope="session", autouse=True)
def _one_validator() -> Iterator[None]:
    """Building the validator takes longer than all else: the tests build it once."""
    built = validate.adapter
    validate.adapter = functools.cache(built)
    yield
    validate.adapter = built


@pytest.fixture(scope="session")
def _harbour_read() -> Index:
    return dataset.load(HARBOUR, cached=False)


@pytest.fixture(scope="session")
def _shipped_read() -> Index:
    return dataset.load(dataset.shipped(), cached=False)


@pytest.fixture
def harbour() -> Path:
    """The folder of the invented dataset; not to be written to."""
    return HARBOUR


@pytest.fixture
def index(_harbour_read: Index) -> Index:
    return _harbour_read


@pytest.fixture
def view(index: Index) -> View:
    return View(index, Notes())


@pytest.fixture
def shipped_view(_shipped_read: Index) -> View:
    """The dataset that comes with the program, without notes."""
    return View(_shipped_read, Notes())


@pytest.fixture
def dataset_of(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small dataset and returns its file.

    `dataset_of(text)` adds the text to the base above, after it, on lines of its own.
    `dataset_of(text, issue="")` leaves the base's issue out, and any other text stands in
    its place. With `folder=True` the base and the text are two files of a folder.
    """

    def write(text: str = "", *, folder: bool = False, **instead: str) -> Path:
        base = "\n".join({**BASE, **instead}.values())
        if not folder:
            path = tmp_path / "ferry.toml"
            path.write_text(f"{base}\n{text}", "utf-8")
            return path
        path = tmp_path / "ferry"
        path.mkdir(exist_ok=True)
        (path / "base.toml").write_text(base, "utf-8")
        (path / "more.toml").write_text(text, "utf-8")
        return path

    return write
