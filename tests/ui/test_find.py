"""Finding anything by its words, from the keyboard."""

from textual.events import Key

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui.dialogs.search_dialog import Hits, SearchDialog


def hits(person):
    return person.app.screen.query_one(Hits)


async def test_what_is_typed_is_found_as_one_types_with_the_words_marked(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("dred")
        assert "Dredging the channel" in person.seen
        marked = [
            span
            for number in range(4)
            for span in hits(person).line(number).spans
            if span.style == "found"
        ]
        assert marked


async def test_the_arrows_choose_and_enter_goes_there(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("toll")
        await person.press("down", "down", "up")
        ref = hits(person).hit.ref
        await person.press("enter")
        assert person.shown == str(ref)
        assert person.record.has_focus


async def test_escape_goes_nowhere_and_the_words_are_there_the_next_time(explorer):
    async with explorer() as person:
        before = person.shown
        await person.press("s")
        await person.type("nets")
        await person.press("escape")
        assert person.shown == before
        await person.press("ctrl+f")
        assert person.app.screen.query_one("LineInput").value == "nets"


async def test_nothing_found_is_said(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("zzzz")
        assert "Nothing found." in person.seen
        await person.press("enter")
        assert isinstance(person.app.screen, SearchDialog)
        assert "nothing was found" in person.said


async def test_a_filter_that_is_not_understood_is_explained(explorer):
    async with explorer() as person:
        await person.press("s")
        for key in "speaker":
            await person.press(key)
        await person.press("colon", *"nobody")
        assert "nobody" in person.seen
        assert "there is no" in person.seen.casefold()


async def test_what_is_offered_instead_is_taken_by_a_key(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("dregding")
        assert "Nothing found. Did you mean “dredging”? Tab takes it." in person.seen
        assert "Tab Instead" in person.screen[-1]
        await person.press("tab")
        assert person.app.screen.query_one("LineInput").value == "dredging"
        assert "Dredging the channel" in person.seen
        assert "Did you mean" not in person.seen
        assert "Tab Instead" not in person.screen[-1]
        await person.press("ctrl+z")
        assert person.app.screen.query_one("LineInput").value == "dregding"


async def test_a_filter_that_is_not_understood_is_set_right_by_a_key(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("speaker:noern toll")
        assert "did you mean Norén? Tab takes it." in person.seen
        await person.press("tab")
        assert person.app.screen.query_one("LineInput").value == "speaker:Norén toll"
        assert hits(person).hit is not None


async def test_the_key_says_so_when_nothing_is_offered(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("toll")
        await person.press("tab")
        assert "Nothing else is offered" in person.told
        assert person.app.screen.query_one("LineInput").value == "toll"


async def test_what_is_typed_behind_the_key_goes_on_behind_what_was_offered(explorer):
    async with explorer() as person:
        for key in ("s", *"dregding", "tab", *" fathom", "enter"):
            person.app.post_message(
                Key(key if key != " " else "space", key if len(key) == 1 else None)
            )
        await person.settle()
        await person.settle()
        assert person.shown == "quote:office-charts"


async def test_enter_typed_ahead_goes_to_the_first_hit_once_it_is_known(explorer):
    async with explorer() as person:
        for key in ("s", *"dredging", "enter"):
            person.app.post_message(Key(key, key if len(key) == 1 else None))
        await person.settle()
        await person.settle()
        assert person.shown == "issue:dredging"


async def test_notes_are_found_and_gone_to(explorer, store):
    store.save(Ref("issue", "tolls"), Words("a peculiar remark"), name="Tolls", note=None)
    async with explorer() as person:
        await person.press("s")
        await person.type("peculiar")
        await person.press("enter")
        assert person.shown == "issue:tolls"
        assert person.main.query_one("#notes").has_focus


async def test_what_was_not_public_is_not_found(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("lantern")
        await person.press("enter", "s")
        await person.type("dredging")
        assert "Nothing found." in person.seen


async def test_a_filter_that_is_not_understood_lists_nothing(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("toll ")
        assert hits(person).hit is not None
        await person.press(*"speaker", "colon", *"noern")
        assert "There is no speaker “noern”; did you mean Norén?" in person.seen
        assert hits(person).hit is None
        await person.press(*["backspace"] * 3, *"ren")
        assert "hit" in person.seen
        assert hits(person).hit is not None
