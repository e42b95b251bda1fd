"""What each part may load: starting must stay light."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADED = """
import sys
before = set(sys.modules)
{code}
print(*sorted(set(sys.modules) - before))
"""


def loaded_by(code):
    run = subprocess.run(
        [sys.executable, "-c", LOADED.format(code=code)], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def packages(modules):
    return {module.partition(".")[0] for module in modules}


def outside(modules):
    """The packages that are neither ours nor Python's own."""
    return packages(modules) - sys.stdlib_module_names - {"explorer"}


def test_the_command_line_loads_neither_screen_nor_validator():
    assert outside(loaded_by("import explorer.cli")) == set()


def test_the_model_loads_nothing_but_the_standard_library():
    loaded = loaded_by("import explorer.record.model")

    assert outside(loaded) == set()
    assert {m for m in loaded if m.startswith("explorer")} == {
        "explorer",
        "explorer.record",
        "explorer.record.days",
        "explorer.record.model",
        "explorer.values",
    }


def test_making_the_classes_of_the_model_compiles_nothing():
    """What is compiled at every start is no function of a class, however many there are."""
    code = (
        "import sys, dataclasses; compiled = []\n"
        "def heard(event, what): event == 'compile' and compiled.append(what[1])\n"
        "sys.addaudithook(heard); import explorer.record.model\n"
        "print(compiled.count('<string>'))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(run.stdout) < 10  # of named tuples; six for each class would be 160


@pytest.mark.parametrize(
    "module", ["view", "documents.pages", "documents.citation", "record.labels", "search"]
)
def test_what_works_without_a_screen_loads_none(module):
    assert not packages(loaded_by(f"import explorer.{module}")) & {"textual", "rich", "pydantic"}


@pytest.mark.parametrize(
    "heavy",
    [
        "pydantic",
        "pydantic_core",
        "filelock",
        "bibtexparser",
        "rispy",
        "icalendar",
        "textual_serve",
        "aiohttp",
        "markdown_it",
        "textual.widgets._markdown",
        "textual.widgets._text_area",
        "tree_sitter",
    ],
)
def test_the_app_starts_without_what_it_may_never_need(heavy):
    assert heavy not in _loaded_by_the_app()


def test_the_frame_is_drawn_before_anything_of_the_record_is_loaded():
    """Else it would be seen later, and there is time enough once it is."""
    loaded = loaded_by(
        "import explorer.cli.app_command; from explorer.ui.app import ExplorerApp; "
        "from explorer.ui.opening_screen import OpeningScreen; "
        "OpeningScreen._open = lambda screen: screen.app.exit(); "
        "ExplorerApp(None).run(headless=True)"
    )
    assert "textual.screen" in loaded
    late = ("opening", "view", "record.model", "notes", "documents.pages", "ui.main_screen")
    assert not loaded & {f"explorer.{module}" for module in late}
    assert not loaded & {"hashlib", "tomli", "sqlite3", "markdown_it"}


def test_the_main_screen_is_made_without_what_a_comparison_needs_to_open():
    loaded = loaded_by("import explorer.opening, explorer.ui.main_screen")
    compares = "explorer.documents.comparisons"
    assert f"{compares}.changes" in loaded  # of which the front page says what moved
    assert not loaded & {f"{compares}.{name}" for name in ("accounts", "news", "texts")}


def test_the_app_is_what_loads_the_screen():
    assert "textual.app" in _loaded_by_the_app()


def test_showing_a_cached_dataset_needs_no_validator(harbour):
    code = (
        "from explorer import cli, dataset; from pathlib import Path; "
        f"dataset.load(Path({str(harbour)!r})).dataset"
    )
    assert "pydantic" in loaded_by(code)

    again = loaded_by(code)

    assert outside(again) <= {"platformdirs"}


_LOADED: dict[str, set[str]] = {}


def _loaded_by_the_app():
    if not _LOADED:
        _LOADED["app"] = loaded_by("import explorer.ui.app")
    return _LOADED["app"]
