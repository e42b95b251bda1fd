"""The schema that editors complete and check a dataset by, tried on the servers they use."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import HARBOUR

from explorer import dataset
from explorer.dataset import describe
from explorer.dataset.schema import schema

CONFERENCE = HARBOUR.parent / "conference"
FOLDERS = [*dataset.bundled().values(), HARBOUR, CONFERENCE]
TAPLO = ("check",)
TOMBI = ("lint", "--offline")


def server(name):
    """A program beside this Python, or anywhere."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed here")
    return found


@pytest.fixture
def with_schema(tmp_path):
    """Copies TOML text to a file beside the schema that names it."""
    (tmp_path / "explorer.schema.json").write_text(json.dumps(schema()), "utf-8")

    def written(name, text):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        up = "../" * (len(Path(name).parts) - 1) or "./"
        file.write_text(f"#:schema {up}explorer.schema.json\n{text}", "utf-8")
        return file

    return written


def checked(name, *words):
    """What a server says of files: whether they are well, and its words."""
    done = subprocess.run(
        [server(name), *map(str, words)], capture_output=True, text=True, check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["taplo", "tombi"])
def test_the_servers_of_editors_find_nothing_wrong_with_what_is_valid(with_schema, name):
    files = [
        with_schema(f"{folder.name}/{file.name}", file.read_text("utf-8"))
        for folder in FOLDERS
        for file in folder.glob("*.toml")
    ]
    is_well, words = checked(name, *(TAPLO if name == "taplo" else TOMBI), *files)

    assert is_well, words


QUOTE = """
[[quote]]
id = "bell"
text = "The bell rang."
speaker = "noren"
said = 2031-03-05
form = "verbatim"
language = "en"
sources = ["gazette"]
"""

WRONG = {
    "a key that is none": ('form = "verbatim"', 'from = "verbatim"', "from"),
    "a word that is none of several": ('"verbatim"', '"verbatm"', "verbatm"),
    "no sources": ('sources = ["gazette"]', "sources = []", "1"),
    "a key that lacks": ('language = "en"\n', "", "language"),
    "a number where text belongs": ('"The bell rang."', "7", "text = 7"),
    "a time of day": ("2031-03-05", "2031-03-05T10:00:00", "2031-03-05"),
    "an id with a blank": ('"bell"', '"the bell"', "the bell"),
    "a table that is none": ("[[quote]]", "[[quotes]]", "quotes"),
    "a month that is none": ("2031-03-05", '"2031-13"', "2031-13"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_server_marks_what_is_against_the_schema(with_schema, wrong):
    was, now, named = WRONG[wrong]
    file = with_schema("talks.toml", QUOTE.replace(was, now))
    is_well, words = checked("taplo", *TAPLO, file)

    assert not is_well
    assert named in words


@pytest.mark.parametrize("wrong", WRONG)
def test_so_does_the_other_server(with_schema, wrong):
    was, now, _ = WRONG[wrong]
    file = with_schema("talks.toml", QUOTE.replace(was, now))
    is_well, words = checked("tombi", *TOMBI, file)

    assert not is_well
    assert "talks.toml:" in words


def test_every_key_has_its_meaning_from_the_model():
    tables = {table.header.strip("[]"): table for table in describe.tables()}
    definitions = schema()["definitions"]

    assert definitions.keys() == tables.keys()
    for path, table in tables.items():
        assert definitions[path]["description"] == table.meaning
        for key in table.keys:
            assert definitions[path]["properties"][key.name]["description"] == key.meaning
            assert (key.name in definitions[path]["required"]) == key.required


def test_words_that_a_negotiation_may_choose_are_offered_and_others_allowed():
    state = schema()["definitions"]["issue.status"]["properties"]["state"]

    assert "disputed" in state["examples"]
    assert "enum" not in state


def test_a_key_that_may_be_left_out_says_what_it_is_then():
    kind = schema()["definitions"]["delegation"]["properties"]["type"]

    assert kind["default"] == "state"
    assert "observer" in kind["enum"]
