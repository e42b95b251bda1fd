"""Coming back to files that have changed: marks, the walk through them, and watches."""

import shutil
from functools import partial

import pytest
from tests.seen.editing import told

from explorer import dataset
from explorer.record.model import Ref
from explorer.seen.watches import Watch, Watches


@pytest.fixture
def talks(harbour, tmp_path):
    """The files of a keeper who goes on writing."""
    return shutil.copytree(harbour, tmp_path / "talks")


@pytest.fixture
def come(explorer, talks):
    return partial(explorer, path=talks)


def quotes_of(talks):
    before, *quotes = (talks / "quotes.toml").read_text("utf-8").split("[[quote]]")
    return before, quotes


def id_of(quote):
    return quote.partition('id = "')[2].partition('"')[0]


def correct(talks):
    """The keeper rewords a quote, takes one out and adds one: their ids."""
    before, quotes = quotes_of(talks)
    quotes[0] = quotes[0].replace('text = "', 'text = "Corrected: ', 1)
    gone = quotes.pop(1)
    copied = next(quote for quote in quotes[1:] if "formerly" not in quote)
    came = copied.replace(f'id = "{id_of(copied)}"', 'id = "quite-new"', 1)
    (talks / "quotes.toml").write_text("[[quote]]".join([before, *quotes, came]), "utf-8")
    return id_of(quotes[0]), id_of(gone), "quite-new"


async def looked_over(person):
    """What is done once the first screen stands."""
    person.main.news.begin()
    await person.settle()


@pytest.fixture
async def seen_before(come):
    """The reader was here once."""
    async with come() as person:
        await looked_over(person)


@pytest.fixture
def corrected(seen_before, talks):
    return correct(talks)


async def test_on_a_first_visit_nothing_is_marked(come):
    async with come() as person:
        await looked_over(person)
        assert person.main.view.news.items == ()
        assert "✱" not in person.seen
        await person.press("w")
        assert "Nothing is new since 30 Jun 2032" in person.seen


async def test_what_changed_is_counted_and_marked_by_a_sign_and_a_word(come, corrected):
    one, _, new = corrected
    async with come() as person:
        await looked_over(person)
        assert "1 new, 1 corrected, 1 withdrawn since 30 Jun 2032: w walks" in person.told
        assert "✱ 1 new, 1 corrected, 1 withdrawn" in person.screen[0]
        assert "1 new, 1 corrected" in person.title("quotes")
        rows = person.rows("quotes")
        assert "✱" in person.row_text("quotes", rows.index(f"quote:{new}"))
        assert "~" in person.row_text("quotes", rows.index(f"quote:{one}"))
    async with come(go=f"quote:{one}") as person:
        await looked_over(person)
        assert "~ corrected · Quote" in str(person.record.border_title)


async def test_what_was_said_before_is_not_lost_for_it(come, corrected):
    async with come() as person:
        person.app.notify("A file among the notes cannot be read.", severity="warning")
        await looked_over(person)
        assert person.told.startswith("A file among the notes cannot be read. 1 new, ")
        assert person.app.messages.now.severity == "warning"


async def test_a_key_walks_through_them_with_the_old_words_and_the_new(come, corrected):
    _, gone, _ = corrected
    async with come() as person:
        await looked_over(person)
        await person.press("w")
        assert "What is new, 1 of 3" in person.seen
        shown = [person.seen]
        for _ in range(2):
            await person.press("w")
            shown.append(person.seen)
        walked = "\n".join(shown)
        assert "[+Corrected:]" in walked
        assert f"(quote:{gone})" in walked
        assert "✱ new quote" in walked
        assert "✱" not in person.screen[0]
        await person.press("w")
        assert "That was the last of 3" in person.told
        await person.press("h")
        assert "What is new, 2 of 3" in person.seen
        await person.press("escape")
        assert person.main.place == "pane"


async def test_what_was_walked_over_is_seen_at_the_next_visit_and_the_rest_is_not(come, corrected):
    async with come() as person:
        await looked_over(person)
        await person.press("w")
    async with come() as person:
        await looked_over(person)
        assert len(person.main.view.news.items) == 2
        await person.press("w", "w")
    async with come() as person:
        await looked_over(person)
        assert person.main.view.news.items == ()
        assert person.told == ""


async def test_all_are_marked_as_seen_after_a_yes(come, corrected):
    async with come() as person:
        await looked_over(person)
        await person.press("w", "r")
        assert "withdrawn" in person.seen
        await person.press("m", "n")
        assert len(person.main.view.news.left) == 2
        await person.press("m", "y")
        assert person.main.view.news.left == ()
        await person.press("m")
        assert "nothing new that is not seen" in person.told
    async with come() as person:
        await looked_over(person)
        assert person.main.view.news.items == ()


async def test_the_list_leads_to_each_and_from_one_back_to_the_list(come, corrected):
    async with come() as person:
        await looked_over(person)
        await person.press("w", "r")
        assert "1 corrected, 1 withdrawn since" in person.seen
        await person.press("r")
        assert "What is new, " in person.seen
        await person.press("r", "enter")
        assert person.main.place == "record"
        assert person.shown.startswith("quote:")


async def test_on_an_earlier_day_only_what_was_public_then_is_marked(come, corrected):
    async with come() as person:
        await looked_over(person)
        began = person.main.view.index.dataset.negotiation.began
        person.main.time.look_at(began)
        await person.settle()
        assert "✱" not in person.screen[0]
        await person.press("w")
        assert "Nothing that is new was public on" in person.seen
        await person.press("escape", "0")
        assert "✱" in person.screen[0]


async def test_files_that_change_during_a_visit_are_news_too(come, talks):
    async with come() as person:
        await looked_over(person)
        one, gone, new = correct(talks)
        index = dataset.load(talks)
        person.main.data.show(index)
        await person.settle()
        assert told(person.main.view.news) == {
            "new": {f"quote:{new}"},
            "corrected": {f"quote:{one}"},
            "withdrawn": {f"quote:{gone}"},
        }


async def test_who_leaves_at_once_waits_for_nothing(come):
    async with come() as person:
        person.main.news.begin()
        await person.press("q")
        assert not person.app.is_running


async def test_a_state_folder_that_cannot_be_used_keeps_nobody_from_reading(come, own_folders):
    (own_folders / "state").mkdir(exist_ok=True)
    (own_folders / "state" / "explorer").write_text("a file")
    async with come() as person:
        await looked_over(person)
        await person.press("w")
        assert "It is not known" in person.seen


# Watches


async def test_the_start_says_what_is_new_in_a_watch_and_one_leads_there(come, corrected, talks):
    Watches("harbour-talks").keep(Watch("Corrections", words="corrected kind:quote"))
    async with come() as person:
        await looked_over(person)
        assert "Corrections: 1 corrected." in person.told
        await person.press("W")
        assert "Corrections  1 corrected" in person.seen
        assert "search: corrected kind:quote" in person.seen
        await person.press("enter")
        assert person.app.screen.PLACE == "find"
        assert "1 hit." in person.seen


async def test_a_search_is_kept_under_a_name(come):
    async with come() as person:
        await person.press("s", *"crab", "ctrl+s")
        await person.press("ctrl+u", *"Crabs", "enter")
        assert "“Crabs” is watched" in person.said
        assert Watches("harbour-talks").read() == (Watch("Crabs", words="crab"),)
        assert person.app.screen.PLACE == "find"


async def test_a_scope_is_kept_under_a_name_and_comes_back(come):
    async with come() as person:
        await person.press("W", "a")
        assert "There is no scope to watch" in person.told
        await person.press("escape", "3", "space", "W", "a", "enter")
        (watch,) = Watches("harbour-talks").read()
        assert watch.scope == person.main.view.scope.chosen
        await person.press("escape")
        assert person.main.view.scope.chosen == ()
        await person.press("W", "enter")
        assert person.main.view.scope.chosen == watch.scope


async def test_a_watch_is_renamed_and_deleted(come):
    Watches("harbour-talks").keep(Watch("Tolls", scope=(Ref("issue", "tolls"),)))
    async with come() as person:
        await person.press("W", "r", "ctrl+u", *"Dues", "enter")
        assert [watch.name for watch in Watches("harbour-talks").read()] == ["Dues"]
        await person.press("W", "D", "n")
        assert Watches("harbour-talks").read()
        await person.press("W", "D", "y")
        assert Watches("harbour-talks").read() == ()
        await person.press("W", "r")
        assert "There is no watch yet" in person.told


async def test_a_file_of_watches_that_is_damaged_is_named(come):
    path = Watches("harbour-talks").path
    path.parent.mkdir(parents=True)
    path.write_text("[[watch]")
    async with come() as person:
        await person.press("W")
        assert "left untouched" in person.told
