"""The main states as pictures: any change of looks is seen before it is shipped.

`pytest tests/ui/test_snapshots.py --snapshot-update -n 0` takes them anew; look at them.
"""

from datetime import UTC, datetime

import pytest

from explorer.notes import NoteStore, Words
from explorer.opening import read
from explorer.record.model import Ref
from explorer.ui.app import ExplorerApp
from explorer.ui.widgets.reader import Reader

WRITTEN = datetime(2026, 11, 22, 9, tzinfo=UTC)

STATES = {
    "start": ((140, 40), "", []),
    "issue_with_note": ((140, 40), "issue:tolls", []),
    "round": ((140, 40), "round:tide-hall", []),
    "quote_with_variants": ((140, 40), "quote:noren-good-day", []),
    "point": ((140, 40), "point:", []),
    "eighty_columns": ((80, 24), "", ["3", "j"]),
    "eighty_columns_link": ((80, 24), "issue:tolls", ["j", "j"]),
    "sixty_columns": ((60, 20), "", ["3"]),
    "sixty_columns_record": ((60, 20), "issue:tolls", []),
    "filter": ((100, 30), "", ["4", "slash", *"the"]),
    "scope": ((140, 40), "", ["j", "space", "4"]),
    "editor": ((140, 40), "issue:tolls", ["n"]),
    "editor_eighty": ((80, 24), "issue:tolls", ["n", "x", "escape"]),
    "help": ((100, 30), "", ["question_mark"]),
    "sources": ((100, 30), "issue:tolls", ["o", "j"]),
    "about": ((100, 30), "", ["i"]),
}


@pytest.mark.parametrize("state", STATES)
def test_it_looks_as_it_did(state, harbour, tmp_path, snap_compare, monkeypatch):
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    size, go, keys = STATES[state]
    store = NoteStore(tmp_path, "harbour-talks", now=lambda: WRITTEN)
    words = Words("Deferral or delay? #watch\n\n# Ask\nWho pays?")
    store.save(Ref("issue", "tolls"), words, name="", note=None)
    opened = read(harbour, tmp_path)
    if go.endswith(":"):
        go = str(opened.view.index.refs(go.rstrip(":"))[0])
    app = ExplorerApp(lambda: opened, Ref.parse(go) if go else None)

    async def settle(pilot) -> None:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        for reader in app.screen.query(Reader):
            assert reader.laid_out  # as it is a moment later, when the person stays
        editor = app.screen.query("TextArea")
        if editor:
            editor.first().cursor_blink = False
        await pilot.pause()

    assert snap_compare(app, press=keys, terminal_size=size, run_before=settle)
