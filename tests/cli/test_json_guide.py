"""The guide to JSON: what it shows with jq finds something in the shipped dataset."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.programs import program

GUIDE = (Path(__file__).parents[2] / "docs" / "json.md").read_text("utf-8")
LINES = re.findall(r"^\$ explorer (.*\| jq .*)$", GUIDE, re.MULTILINE)


def test_there_are_examples():
    assert len(LINES) > 3


@pytest.mark.usefixtures("own_folders")
@pytest.mark.parametrize("line", LINES)
def test_every_example_finds_something(line):
    jq = program("jq")
    command = f'"{sys.executable}" -m explorer {line}'.replace("| jq ", f'| "{jq}" ')

    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "null" not in done.stdout
