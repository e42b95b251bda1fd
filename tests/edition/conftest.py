"""An edition of the invented dataset, made once for all that look at it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.conftest import HARBOUR

from explorer import dataset, edition
from explorer.edition import Wishes
from explorer.notes import Note, Notes
from explorer.record.model import Ref
from explorer.view import View

READ_ON = date(2032, 6, 30)


def reader() -> date:
    return READ_ON


@pytest.fixture(scope="session")
def harbour_view() -> View:
    """The invented dataset, with a note of the reader's."""
    when = datetime(2032, 6, 1, tzinfo=UTC)
    note = Note(Ref("issue", "tolls"), "My secret thought.", when, when, Path("a.toml"), "0")
    notes = Notes().with_note(note)
    return View(dataset.load(HARBOUR, cached=False), notes, reader=reader)


@pytest.fixture(scope="session")
def harbour_edition(harbour_view: View, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder; not to be written to."""
    folder = tmp_path_factory.mktemp("editions") / "harbour"
    edition.publish(harbour_view, folder, Wishes())
    return folder
