"""What a visitor may do, who sees the app in a browser: all of it was thought about."""

from __future__ import annotations

import pytest
from tests.ui.conftest import Heard

from explorer.opening import read
from explorer.ui.served_app import ServedApp
from explorer.ui.system import visitor_reach
from explorer.ui.system.visitor_reach import VisitorReach


def unthought_of(names):
    known = visitor_reach._HARMLESS | visitor_reach._WITHHELD.keys()
    return sorted(n for n in names if n not in known and n != "add" and not n.startswith("Add "))


async def test_every_command_is_harmless_or_withheld_from_visitors(explorer):
    """What is not named is withheld: say in `visitor_reach` whether it reaches the machine."""
    async with explorer() as person:
        main = person.main
        palette = [o[0] for of in (main.exports, main.news, main.adding) for o in of.palette()]
        assert unthought_of(main._deeds) == []
        assert unthought_of(palette) == []


@pytest.fixture
def visited(harbour, tmp_path):
    app = ServedApp(
        lambda: read(harbour, tmp_path / "notes", overlays=tmp_path / "own", is_overlay_asked=True),
        home=tmp_path,
        adds=True,
    )
    app.messages = Heard(app._show_message)
    return app


def test_what_is_unknown_is_withheld(visited):
    assert "not done from a browser" in visited.reach.withheld("something_new")


def test_a_message_does_not_say_where_things_are(visited, tmp_path):
    visited.notify(f"The note is now in {tmp_path}/notes/trash/a.toml.")

    assert visited.messages.heard[-1].words == "The note is now in …/notes/trash/a.toml."


def test_the_palette_offers_no_other_datasets_and_no_imports(visited):
    names = visitor_reach._WITHHELD
    assert "Import notes" in names
    assert not visited._others


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("/etc/passwd", "passwd"),
        ("../../a.md", "a.md"),
        ("~/.ssh/id", "id"),
        ("..", "explorer"),
        ("a\nb: c.md", "a-b-c.md"),
        ("北京.md", "md"),
    ],
)
def test_of_a_name_that_is_typed_no_folder_is_left(typed, name):
    place = VisitorReach(None, [], adds=False).place_for(typed)

    assert place.name == name
    assert place.parent.name.startswith("explorer-download-")
    place.parent.rmdir()
