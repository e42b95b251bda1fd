"""What is told stands in the last line, covers nothing, and goes with the next key."""

import pytest

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui.messages import Message, Messages

SIZES = [(140, 40), (80, 24), (60, 20), (30, 10)]


def test_the_newest_message_replaces_the_one_before_and_goes_with_a_key():
    shown = []
    messages = Messages(shown.append)
    messages.tell(Message("one"))
    messages.tell(Message("two"))
    assert messages.now == Message("two")
    messages.acted()
    assert messages.now is None
    assert shown[-1] is None


def test_a_warning_stays_until_it_can_have_been_read():
    now = [100.0]
    messages = Messages(lambda _: None, clock=lambda: now[0])
    messages.tell(Message("careful", "warning", stays=True))
    messages.acted()
    assert messages.now is not None
    now[0] += 10
    messages.acted()
    assert messages.now is None


@pytest.mark.parametrize("size", SIZES)
async def test_a_message_stands_in_the_place_of_the_keys_and_nothing_else_moves(explorer, size):
    async with explorer(size=size) as person:
        before = person.screen
        await person.press("H")
        line = person.main.query_one("KeyLine").region.y
        assert "nothing to go back" in " ".join(" ".join(person.screen[line:]).split())
        assert person.screen[line].startswith(" »")
        assert person.screen[0] == before[0]
        await person.press("escape")
        await person.press("g")
        assert person.screen == before


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_message_takes_its_lines_from_the_body_and_covers_nothing(explorer, size):
    async with explorer(size=size) as person:
        body = person.main.query_one("#body")
        person.app.notify("Not saved: " + "/a/long/path" * 12, severity="error")
        await person.settle()
        line = person.main.query_one("KeyLine")
        assert body.region.bottom <= line.region.y
        assert line.region.bottom == size[1]
        told = "".join(row[3:].rstrip() for row in person.screen[line.region.y :])
        assert told.startswith("Not saved:")
        assert told.count("/path") >= 3
        assert person.screen[line.region.y].startswith(" ✗")


async def test_the_same_message_is_told_once(explorer):
    async with explorer() as person:
        await person.press("H", "H", "H")
        assert person.seen.count("nothing to go back to") == 1


async def test_nothing_that_is_told_is_markup(explorer):
    async with explorer() as person:
        person.app.notify("We [the Group] agree [/] [@click=app.quit]so[/]")
        await person.settle()
        assert "We [the Group] agree [/] [@click=app.quit]so[/]" in person.screen[-1]


@pytest.mark.parametrize(
    "keys",
    [
        ["p"],
        ["y"],
        ["o"],
        ["N"],
        ["question_mark"],
        ["s"],
        ["n"],
        ["equals_sign"],
        ["ctrl+p"],
        ["b"],
    ],
)
@pytest.mark.parametrize("size", [(140, 40), (30, 10)])
async def test_it_stands_in_the_last_line_wherever_one_is(explorer, store, keys, size):
    store.save(Ref("issue", "tolls"), Words("x"), name="", note=None)
    async with explorer(go="issue:tolls", size=size) as person:
        await person.press(*keys)
        person.app.notify("Told here.", severity="warning")
        await person.settle()
        assert person.screen[-1].startswith(" ! Told here.")


async def test_the_picture_and_ctrl_c_are_told_there_too(explorer, tmp_path, monkeypatch):
    async with explorer() as person:
        await person.press("ctrl+c")
        assert "Ctrl+Q leaves" in person.screen[-1]
        assert person.app.is_running
        person.app.deliver_screenshot(path=str(tmp_path))
        await person.settle()
        while "The picture is in" not in person.told:
            await person.pilot.pause(0.01)


async def test_why_a_note_was_not_saved_stays_in_sight_while_one_writes_on(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"precious")
        store.where.mkdir(parents=True, exist_ok=True)
        (store.where / "notes").write_text("a file where the folder should be")
        await person.press("ctrl+s", *" more")
        assert "still here" in person.seen
        assert person.app.screen.text == "precious more"


@pytest.mark.parametrize("key", ["X", "f9", "ctrl+g", "Z"])
async def test_a_key_that_does_nothing_says_so_and_where_the_others_are_listed(explorer, key):
    async with explorer() as person:
        await person.press(key)
        assert "does nothing here; ? lists the keys" in person.screen[-1]
        await person.press("y")
        await person.press(key)
        assert "does nothing here; ? lists the keys" in person.screen[-1]
