"""Searches and scopes that are kept under a name."""

import stat

import pytest

from explorer.errors import WatchError
from explorer.record.model import Ref
from explorer.seen.watches import Watch, Watches

TOLLS = Watch("Tolls", scope=(Ref("issue", "tolls"),))
CRABS = Watch("What is said of crabs", words='crab "red line" speaker:noren')


@pytest.fixture
def watches():
    return Watches("harbour-talks")


def test_there_are_none_at_first(watches):
    assert watches.read() == ()


def test_what_is_kept_is_there_at_the_next_start_and_can_be_read_by_people(watches):
    watches.keep(TOLLS)
    watches.keep(CRABS)
    assert Watches("harbour-talks").read() == (TOLLS, CRABS)
    assert watches.path.read_text("utf-8") == (
        'format = 1\nnegotiation = "harbour-talks"\n\n'
        '[[watch]]\nname = "Tolls"\nscope = [\n    "issue:tolls",\n]\n\n'
        '[[watch]]\nname = "What is said of crabs"\n'
        'words = "crab \\"red line\\" speaker:noren"\n'
    )
    assert stat.S_IMODE(watches.path.stat().st_mode) == 0o600


def test_each_negotiation_has_its_own(watches):
    watches.keep(TOLLS)
    assert Watches("ferry").read() == ()


def test_one_is_renamed_and_one_deleted(watches):
    watches.keep(TOLLS)
    watches.keep(CRABS)
    watches.rename("Tolls", "Harbour tolls")
    watches.delete(CRABS.name)
    assert [watch.name for watch in watches.read()] == ["Harbour tolls"]


@pytest.mark.parametrize("name", ["tolls", " TOLLS "])
def test_two_cannot_have_one_name(watches, name):
    watches.keep(TOLLS)
    with pytest.raises(WatchError, match="already"):
        watches.keep(Watch(name, words="x"))


@pytest.mark.parametrize(
    "watch", [Watch("", words="x"), Watch("nothing"), Watch("x" * 100, words="x")]
)
def test_what_cannot_be_a_watch_is_refused_in_words(watches, watch):
    with pytest.raises(WatchError):
        watches.keep(watch)
    assert watches.read() == ()


@pytest.mark.parametrize(
    "text",
    [
        "format = 1\n[[watch]\n",
        "format = 2\n",
        "format = 1\nwatch = 5\n",
        "format = 1\nnegotiation = 'ferry'\n",
        "format = 1\n[[watch]]\nname = 'x'\n",
        "format = 1\n[[watch]]\nname = 'x'\nscope = ['tolls']\n",
        "format = 1\n[[watch]]\nname = 'x'\nwords = 'x'\nmore = 1\n",
        "format = 1\n[[watch]]\nname = 'x'\nwords = 'x'\n[[watch]]\nname = 'X'\nwords = 'y'\n",
        "format = 1\nwatch = " + "[" * 3000 + "]" * 3000,
        "\ufeff\x00",
    ],
)
def test_a_file_that_is_not_understood_is_named_and_never_written_over(watches, text):
    watches.path.parent.mkdir(parents=True)
    watches.path.write_text(text, "utf-8")
    with pytest.raises(WatchError, match=watches.path.name):
        watches.read()
    with pytest.raises(WatchError):
        watches.keep(TOLLS)
    assert watches.path.read_text("utf-8") == text


def test_what_a_terminal_would_obey_is_kept_from_it(watches):
    watches.path.parent.mkdir(parents=True)
    watches.path.write_text('format = 1\n[[watch]]\nname = "a\\u001b[31m"\nwords = "x"\n', "utf-8")
    assert watches.read()[0].name == "a␛[31m"
