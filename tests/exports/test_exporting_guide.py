"""The guide to exports: its commands are understood, and its questions have answers."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.exports.asking import view_of, write

from explorer import dataset
from explorer.cli.command_table import command_parser
from explorer.exports import export_formats
from explorer.exports.export_formats import FORMATS

GUIDE = (Path(__file__).parents[2] / "docs" / "exporting.md").read_text("utf-8")
QUESTIONS = re.findall(r"```sql\n(.*?)```", GUIDE, re.DOTALL)
COMMANDS = re.findall(r"^\$ (explorer [^|\n]*)", GUIDE, re.MULTILINE)


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("guide") / "talks.sqlite"
    return write(view_of(dataset.shipped()), "sqlite", path)


def test_there_are_examples():
    assert len(QUESTIONS) > 4
    assert len(COMMANDS) > 8


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_an_answer(database, question):
    with closing(sqlite3.connect(database)) as opened:
        rows = opened.execute(question).fetchall()

    assert rows
    assert all(value is not None for row in rows for value in row)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one(command):
    args = command_parser().parsed(shlex.split(command)[1:])

    assert export_formats.chosen(args.output or args.path, args.format, args.table)


def test_every_format_is_in_the_table_with_how_its_names_end():
    for known in FORMATS:
        ends = "a folder" if known.shape == "folder" else " ".join(f"`{e}`" for e in known.endings)
        assert f"| `{known.name}` | {ends} |" in GUIDE
