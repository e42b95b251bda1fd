"""The house: where things are, how large they may grow, and that imports go one way."""

import ast
import re
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "explorer"
FILES = sorted(SOURCE.rglob("*.py"))
LARGEST_FILE, LARGEST_CLASS = 400, 300
MAY_BE_LARGER = {SOURCE / "record" / "model.py"}  # a field each, with what it means
_MAP = re.compile(r"```\nsrc/explorer/\n(.*?)```", re.DOTALL)


def rooms() -> set[str]:
    """The folders of the program, with a slash, and the modules that stand beside them."""
    folders = {f"{path.parent.relative_to(SOURCE)}/" for path in SOURCE.rglob("__init__.py")}
    modules = {path.name for path in SOURCE.glob("*.py") if not path.name.startswith("__")}
    return (folders - {"./"}) | modules


def test_every_room_is_mapped_in_a_line():
    written = _MAP.search(_read("CONTRIBUTING.md"))
    assert written, "the guide has lost its map of src/explorer"
    lines = [line.split(maxsplit=1) for line in written[1].splitlines()]
    assert {name for name, _ in lines} == rooms()
    assert all(what.strip() for _, what in lines)


@pytest.mark.parametrize("guide", ["CONTRIBUTING.md", "docs/how-it-works.md"])
def test_the_guides_name_files_that_are_there(guide):
    named = re.findall(r"`(?:src/explorer/)?([a-z_/]+\.py|[a-z_]+/(?:[a-z_]+/)?)`", _read(guide))
    assert named
    gone = [n for n in named if not (SOURCE / n).exists() and not (ROOT / n).exists()]
    assert not gone


def test_every_room_says_what_it_is_for():
    silent = [
        str(path.relative_to(SOURCE))
        for path in FILES
        if path.read_text("utf-8").strip() and not ast.get_docstring(_tree(path))
    ]
    assert not silent


def test_no_name_of_a_module_stands_for_two_things():
    names = [path.stem for path in FILES if not path.name.startswith("__")]
    assert sorted(names) == sorted(set(names))


def test_no_file_is_too_long_to_read_at_once():
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in FILES
        if (lines := len(path.read_text("utf-8").splitlines())) > LARGEST_FILE
        and path not in MAY_BE_LARGER
    }
    assert not long


def test_no_class_does_too_much():
    long = {
        f"{path.relative_to(SOURCE)}: {node.name}": lines
        for path in FILES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ClassDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LARGEST_CLASS
    }
    assert not long


def test_no_module_imports_itself_by_way_of_others():
    """Imports that only the type checker sees are among them."""
    graph = grimp.build_graph("explorer", exclude_type_checking_imports=False)
    sorter = TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    )
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_every_dependency_says_why_it_is_there():
    text = _read("pyproject.toml")
    (written,) = re.findall(r"^dependencies = \[\n(.*?)^\]", text, re.DOTALL | re.MULTILINE)
    names = tomllib.loads(text)["project"]["dependencies"]
    reasons = re.findall(r"(?:^ *# .*\n)+ *\"|\".*\", +# \w", written, re.MULTILINE)
    assert len(reasons) == len(names)


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))
