"""What is declared of the package, against what its code needs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import warnings
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from explorer import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def imported():
    """The packages that the program imports anywhere, less its own and the standard ones."""
    found = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add(node.module.partition(".")[0])
    return found - {"explorer"} - sys.stdlib_module_names


def declared():
    needed = (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["web"])
    names = (re.split(r"[<>=!~ ;\[]", one)[0] for one in needed)
    return {name.lower().replace("_", "-") for name in names}


def test_all_that_is_imported_is_declared_and_nothing_else():
    owners = packages_distributions()
    # What pydantic is made of comes with it, in the version that fits.
    needed = {owners[name][0].lower().replace("_", "-") for name in imported()} - {"pydantic-core"}

    assert needed == declared()


def test_who_finds_the_package_learns_what_it_is():
    assert PROJECT["authors"]
    assert PROJECT["keywords"]
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert all(author["name"] in licence for author in PROJECT["authors"])
    lowest = PROJECT["requires-python"].removeprefix(">=")
    assert f"Programming Language :: Python :: {lowest}" in PROJECT["classifiers"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_the_changelog_and_the_citation_are_of_this_version():
    released = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    cited = re.search(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert released[0] == __version__
    assert cited
    assert cited[1] == __version__


def test_the_lowest_versions_are_those_that_are_declared():
    printed = subprocess.run(
        [sys.executable, "tests/lowest.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    needed = (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["web"])
    assert len(printed) == len(needed)
    assert all(re.fullmatch(r"[\w.-]+==[\d.]+", line) for line in printed)


def warn(module):
    told = "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version."
    warnings.warn_explicit(told, DeprecationWarning, "x.py", 1, module=module)


def test_a_snapshot_that_differs_does_not_end_the_tests_by_the_way_its_report_is_dated():
    warn("pytest_textual_snapshot")
    with pytest.raises(DeprecationWarning):
        warn("explorer.notes")
