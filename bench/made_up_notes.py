"""Notes by the thousand, on the records of a dataset, each a file as the program writes it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from explorer.notes import file_names
from explorer.notes.file_format import compose
from explorer.notes.note import Words
from explorer.record.model import Ref

KINDS = ("round", "delegation", "issue", "quote", "measure")
SAID = "What would they have to give for this?\n\nAsk again after the next round. #watch #talks"


def write_notes(folder: Path, dataset: Path, count: int) -> None:
    """Write so many notes on a dataset, spread over its records."""
    files = sorted(dataset.glob("*.toml")) if dataset.is_dir() else [dataset]
    tables = [tomllib.loads(file.read_text("utf-8")) for file in files]
    (key,) = (table["negotiation"]["id"] for table in tables if "negotiation" in table)
    refs = [
        Ref(kind, record["id"])
        for table in tables
        for kind in KINDS
        for record in table.get(kind, ())
    ]
    notes = folder / file_names.folder_name(key) / "notes"
    notes.mkdir(parents=True)
    for number in range(count):
        ref = refs[number % len(refs)]
        path = notes / file_names.new_name(ref)
        written = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        _, data = compose(ref, Words(f"{number}: {SAID}"), (written, written), name="", path=path)
        path.write_bytes(data)
