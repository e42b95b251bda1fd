"""Take the pictures of the README: `make screenshots`.

Each is the real app on the shipped dataset, brought to a state by the keys a person would
press, saved as SVG and as PNG.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from html import unescape
from pathlib import Path

import resvg_py
from rich.cells import cell_len

from explorer import dataset
from explorer.notes import Anchor, NoteStore, Words
from explorer.opening import read
from explorer.record.model import Ref
from explorer.ui.app import ExplorerApp
from explorer.ui.main_screen import MainScreen

HERE = Path(__file__).parent
# DejaVu Sans Mono, which most systems have, is a hair narrower than the font the SVG asks
# for; drawn this much larger its box characters meet.
FONT = ("DejaVu Sans Mono", "20.266px")
TODAY = "2025-10-27"
"""The day on which somebody looks, so that the pictures are the same on every day."""
_A_KEY, _LAST_KEY = 0.3, 1.5
"""Seconds until what a key does has been drawn, with time to spare."""
NOTE = """Deferral or delay? The US side says a year; the Chinese readout names no period.

Ask which licences were issued before the December start. #watch #rare-earths"""


_TEXT = re.compile(r'(<text [^>]*textLength=")([0-9.]+)("[^>]*>)([^<]+)</text>')


@dataclass(frozen=True)
class Picture:
    """A state of the app: its size, what is shown first and the keys that lead there."""

    name: str
    size: tuple[int, int]
    keys: Sequence[str] = ()
    go: str = ""
    as_of: str = ""
    theme: str = "textual-dark"


PICTURES = (
    Picture("front", (140, 40), as_of="2025-10-26"),
    Picture("tour", (100, 30), ("I",), as_of="2025-10-26"),
    Picture("deadlines", (140, 40), ("F", "r"), as_of="2025-10-26"),
    Picture("finding", (100, 30), ("slash", *"licence"), go="issue:rare-earths"),
    Picture("start", (140, 40), go="round:kuala-lumpur", keys=("h",)),
    Picture("issue", (140, 40), go="issue:rare-earths", keys=("h",)),
    Picture("filter", (100, 30), ("4", "slash", *"soybean")),
    Picture("scope", (140, 40), ("space", "4"), go="round:kuala-lumpur"),
    Picture(
        "note", (100, 30), ("n", *"Who has got a licence so far? #watch"), go="issue:rare-earths"
    ),
    Picture("small", (80, 24), ("h",), go="issue:rare-earths"),
    Picture("narrow", (60, 20), (), go="quote:bessent-framework-2025-10-26"),
    Picture("light", (100, 30), ("h",), go="round:busan", theme="catppuccin-latte"),
    Picture("help", (100, 30), ("question_mark",)),
    Picture("then", (140, 40), ("h",), go="issue:rare-earths", as_of="2025-10-26"),
    Picture("positions", (140, 40), ("p",), as_of="2025-10-26"),
    Picture("moved", (140, 40), ("p", "s", *"madrid", "enter"), as_of="2025-10-26"),
    Picture("table", (140, 40), ("p", "r", "j", "l"), as_of="2025-10-26"),
    Picture("accounts", (140, 40), ("a",), go="round:kuala-lumpur", as_of="2025-10-26"),
    Picture("in-force", (140, 40), ("f",), as_of="2025-10-26"),
    Picture("figures", (140, 40), ("t",), as_of="2025-10-26"),
    Picture("figures-small", (80, 24), ("t",), as_of="2025-10-26"),
    Picture("changes", (140, 40), ("c",), as_of="2025-10-26"),
    Picture("conflict", (100, 30), go="conflict:soybean-deadline"),
    Picture("anchored", (140, 40), ("h",), go="quote:bessent-deferral-2025-10-26"),
    Picture("notebook", (100, 30), ("N",)),
    Picture("merge", (100, 30), ("M",), go="issue:soybeans"),
    Picture("find", (100, 30), ("s", *"rare earth licence")),
    Picture("positions-small", (80, 24), ("p",), as_of="2025-10-26"),
)


def _widened(text: re.Match[str]) -> str:
    """Characters that take two cells get the room for two: Textual counts each as one."""
    before, length, between, words = text.groups()
    shown = unescape(words)
    return f"{before}{float(length) * cell_len(shown) / len(shown):g}{between}{words}</text>"


async def take(picture: Picture, notes: Path) -> None:
    """Bring the app to the state and save it."""
    reading = partial(read, dataset.shipped(), notes, picture.as_of or None)
    app = ExplorerApp(reading, Ref.parse(picture.go) if picture.go else None)
    async with app.run_test(size=picture.size):
        while not isinstance(app.screen, MainScreen):  # which stands when the record is read
            assert app.is_running, app.return_value
            await asyncio.sleep(0.05)
        await app.workers.wait_for_complete()
        app.theme = picture.theme
        for key in picture.keys:
            app.simulate_key(key)
            await asyncio.sleep(_A_KEY)
        await asyncio.sleep(_LAST_KEY)
        svg = _TEXT.sub(_widened, app.export_screenshot(title="explorer"))
    (HERE / f"{picture.name}.svg").write_text(svg, "utf-8")
    family, size = FONT
    drawn = svg.replace("Fira Code", family).replace("font-size: 20px", f"font-size: {size}")
    png = resvg_py.svg_to_bytes(svg_string=drawn, width=1400, monospace_family=family)
    (HERE / f"{picture.name}.png").write_bytes(bytes(png))
    print(f"{picture.name}.svg, {picture.name}.png")


def _write_notes(store: NoteStore) -> None:
    """Some notes, one of them on words, one in two versions."""
    rare_earths, soybeans = Ref("issue", "rare-earths"), Ref("issue", "soybeans")
    store.save(rare_earths, Words(NOTE), name="Rare-earth controls", note=None)
    anchor = Anchor(
        "some kind of a deferral", "anticipating that we will get ", " on the rare earth export"
    )
    words = Words("His word, not Beijing’s. #watch", due=date(2025, 11, 30), anchor=anchor)
    store.save(Ref("quote", "bessent-deferral-2025-10-26"), words, name="Bessent", note=None)
    first = Words("Orders before the harvest ends? #soy")
    note = store.save(soybeans, first, name="Soybeans", note=None).note
    for text in (
        "Orders before the harvest ends, or only promises? #soy",
        "Orders before the harvest ends? Ask the exporters for cargoes. #soy",
    ):
        store.save(soybeans, Words(text), name="Soybeans", note=note)


def main() -> None:
    """Take them all, away from the user's own notes and settings."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "CACHE", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = folder
        os.environ["EXPLORER_TODAY"] = TODAY
        notes = Path(folder) / "notes"
        written = datetime(2025, 10, 27, 9, 0, tzinfo=UTC)
        store = NoteStore(notes, "us-china-trade", now=lambda: written)
        _write_notes(store)
        for picture in PICTURES:
            # Or the next one would be offered what was being written in this one.
            os.environ["XDG_STATE_HOME"] = str(Path(folder) / picture.name)
            asyncio.run(take(picture, notes))


if __name__ == "__main__":
    main()
