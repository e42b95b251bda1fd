"""The main states as pictures: any change of looks is seen before it is shipped.

`pytest tests/ui/test_snapshots.py --snapshot-update -n 0` takes them anew; look at them.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from tests.ui.conftest import Person
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from explorer.notes import NoteStore, Words
from explorer.opening import read
from explorer.record.model import Ref
from explorer.ui.app import ExplorerApp

WRITTEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
TOLLS = Ref("issue", "tolls")

STATES = {
    "start": ((140, 40), "", []),
    "issue_with_note": ((140, 40), "issue:tolls", []),
    "round": ((140, 40), "round:tide-hall", []),
    "quote_with_variants": ((140, 40), "quote:noren-good-day", []),
    "point": ((140, 40), "point:", []),
    "text": ((140, 40), "text:lantern-statement", []),
    "text_eighty": ((80, 24), "text:lantern-statement", []),
    "eighty_columns": ((80, 24), "", ["3", "j"]),
    "eighty_columns_link": ((80, 24), "issue:tolls", ["j", "j"]),
    "sixty_columns": ((60, 20), "", ["3"]),
    "sixty_columns_record": ((60, 20), "issue:tolls", []),
    "filter": ((100, 30), "", ["4", "slash", *"the"]),
    "scope": ((140, 40), "", ["1", "j", "space", "4"]),
    "editor": ((140, 40), "issue:tolls", ["n"]),
    "editor_eighty": ((80, 24), "issue:tolls", ["n", "x", "escape"]),
    "help": ((100, 30), "", ["1", "question_mark"]),
    "sources": ((100, 30), "issue:tolls", ["o", "j"]),
    "about": ((100, 30), "", ["i"]),
    "tour": ((100, 30), "", ["I"]),
    "tour_time": ((80, 24), "", ["I", "enter", "enter"]),
}

COVERING = {
    "positions": ("", ["p"]),
    "accounts": ("round:tide-hall", ["a"]),
    "in_force": ("", ["f"]),
    "figures": ("", ["t"]),
    "figure": ("figure:herring-landed", ["t", "G"]),
    "changes": ("", ["c"]),
    "texts": ("text:lantern-statement", ["d", "down", "enter"]),
    "texts_offered": ("text:lantern-statement", ["d"]),
    "search": ("", ["1", "s", *"tolls"]),
    "merge": ("issue:tolls", ["M"]),
    "notes_list": ("", ["1", "N"]),
    "help": ("issue:tolls", ["question_mark"]),
    "palette": ("", ["1", "ctrl+p", *"tide"]),
}
"""What covers the panes, in part or as a whole."""


@pytest.fixture(autouse=True)
def _still(monkeypatch):
    """Nothing moves by itself: a picture is that of a state, whenever it is taken."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for field in (Input, TextArea):
        monkeypatch.setattr(field.cursor_blink, "_default", False)


@pytest.fixture
def store(tmp_path, monkeypatch) -> NoteStore:
    """Notes of which the names of files are shown, too: they are always the same."""
    minutes, digits = count(), count()
    monkeypatch.setattr("os.urandom", lambda size: next(digits).to_bytes(size, "big"))
    return NoteStore(
        tmp_path, "harbour-talks", now=lambda: WRITTEN + timedelta(minutes=next(minutes))
    )


@pytest.fixture
def looks_as_it_did(harbour, tmp_path, snap_compare) -> Callable[..., bool]:
    def compare(size: tuple[int, int], go: str, keys: list[str], *, reminded: bool = False) -> bool:
        opened = read(harbour, tmp_path)
        if go.endswith(":"):
            go = str(opened.view.index.refs(go.rstrip(":"))[0])
        app = ExplorerApp(lambda: opened, Ref.parse(go) if go else None)

        async def reach(pilot: Pilot[None]) -> None:
            person = Person(app, pilot)
            await person.settle()
            while reminded and not app.messages.told:
                await pilot.pause(0.01)  # it comes a moment after the first screen
            await person.press(*keys)

        return snap_compare(app, terminal_size=size, run_before=reach)

    return compare


@pytest.mark.parametrize("state", STATES)
def test_it_looks_as_it_did(state, store, looks_as_it_did):
    words = Words("Deferral or delay? #watch\n\n# Ask\nWho pays?")
    store.save(TOLLS, words, name="", note=None)
    assert looks_as_it_did(*STATES[state])


@pytest.mark.parametrize("size", [(140, 40), (80, 24)], ids=["140x40", "80x24"])
@pytest.mark.parametrize("state", COVERING)
def test_what_covers_the_panes_looks_as_it_did(state, size, store, looks_as_it_did):
    note = store.save(TOLLS, Words("Deferral or delay? #watch"), name="Tolls", note=None).note
    store.save(TOLLS, Words("Deferral, it says.\nWho pays? #watch"), name="Tolls", note=note)
    store.save(TOLLS, Words("A delay, no more.\nWho pays? #watch"), name="Tolls", note=note)
    reminded = state == "notes_list"
    if reminded:
        due = Words("What became of the lanterns? #lanterns", due=date(2032, 6, 1))
        store.save(Ref("round", "tide-hall"), due, name="Tide Hall", note=None)
    assert looks_as_it_did(size, *COVERING[state], reminded=reminded)
