"""Views and exports that several tests of exports begin with."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.conftest import HARBOUR

from explorer import dataset
from explorer.exports import export_formats, write_export
from explorer.exports.exported import Exported
from explorer.notes import Notes
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.view import View

CONFERENCE = HARBOUR.parent / "conference"
BIN = Path(sys.executable).parent

HOSTILE = '=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "\t=1", "'=1", "＝1", "''=1", "'plain"


def view_of(path) -> View:
    return View(dataset.load(path, cached=False), Notes())


def of_records(view, **fields) -> View:
    """The view of a dataset with other records in some of its kinds."""
    return View(Index(replace(view.whole.dataset, **fields)), Notes())


def scoped(view, *names) -> View:
    return view.within(replace(view.scope, chosen=tuple(map(Ref.parse, names))))


def text_of(view, name, **how) -> str:
    """What a format of one file writes."""
    return "".join(export_formats.named(name).of_file.pieces(Exported(view, **how)))


def write(view, name, path, *, force=False, **how) -> Path:
    write_export.write(export_formats.named(name), Exported(view, **how), path, force=force)
    return path


def rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ran(program, *words) -> str:
    """What a program of the tests' own environment prints, which must end well."""
    done = subprocess.run(
        [BIN / program, *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
