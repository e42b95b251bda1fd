"""What a note says of the words it is on, whoever wrote the anchor."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.notes import NoteStore, Words, file_name
from explorer.notes.anchors import Anchor, candidates, locate
from explorer.record.model import Ref
from explorer.ui.panes.note_rows import entries

GUIDE = Path(__file__).parents[2] / "docs" / "using.md"
TOLLS = Ref("issue", "tolls")
GONE = "These words are gone"
"""What is never said of words that stand somewhere."""


@pytest.fixture
def told(view, tmp_path):
    """What a note on an issue says of the words it is on."""

    def told(exact, prefix="", suffix="", ref=TOLLS, at=None):
        store = NoteStore(tmp_path, "harbour-talks")
        words = Words("Mine.", anchor=Anchor(exact, prefix, suffix))
        store.save(ref, words, name="x", note=None)
        noted = replace(view, notes=store.load())
        (entry,) = entries(noted if at is None else noted.at(at), ref)
        return " ".join(text.plain for text in entry.paragraphs[1:-2])

    return told


# The note of the guide


@pytest.fixture
def as_in_the_readme(shipped_view, tmp_path):
    """What the note of the guide says, on the record it names or on another."""

    def said(record=""):
        blocks = re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
        (block,) = (block for block in blocks if block.startswith("format = "))
        if record:
            block = re.sub('(?m)^record = ".*"$', f'record = "{record}"', block)
        ref = Ref.parse(re.findall('(?m)^record = "(.*)"$', block)[0])
        store = NoteStore(tmp_path, shipped_view.index.dataset.negotiation.id)
        path = store.where / "notes" / file_name(ref)
        path.parent.mkdir(parents=True)
        path.write_text(block, "utf-8")
        (entry,) = entries(replace(shipped_view, notes=store.load()), ref)
        return [text.plain for text in entry.paragraphs]

    return said


def test_the_note_of_the_readme_is_read_and_its_words_stand_where_it_says(as_in_the_readme):
    said = as_in_the_readme()
    assert said[0].endswith("#watch")
    assert said[1].startswith("to be reviewed")
    assert said[2:] == ["▎ some kind of a deferral", "Deferral or delay? #watch", ""]


def test_on_the_issue_it_says_in_which_quote_its_words_stand(as_in_the_readme):
    assert as_in_the_readme("issue:rare-earths")[3] == (
        "These words are not the record’s own. They stand in the quote Bessent: “No, I’m not, and "
        "I’m also anticipating that we will get…”. A attaches the note there."
    )


# Notes of other programs


@pytest.mark.parametrize(
    "exact",
    [
        "What each port takes from the other’s ships.",
        "What each port takes from the other's ships.",
        "What  each port\ntakes from the other‘s ships.",
        "What each\u00a0port takes from the other\u02bcs ships.",
        "What ea\u00adch port takes\u200b from the other’s ships.",
    ],
)
def test_typography_does_not_matter(told, exact):
    assert told(exact) == f"▎ {' '.join(exact.replace(chr(0xAD), '').split())}".replace(
        "\u200b", ""
    )


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "said"),
    [
        ("counted", "", "", "the record; the note does not say between which others."),
        ("counted", "until nets ", "", "the record, but between other words than were noted."),
        ("counted", "wrong ", " words", "the record, but between other words than were noted."),
        ("toll", "", "", "the record in 3 places; the note does not say between which others."),
        ("toll", "x ", "", "the record in 3 places, but between other words than were noted."),
        ("“until nets are counted.”", "", "", "the record; the note does not say between which"),
    ],
)
def test_words_between_others_than_are_told_stand_there_all_the_same(
    told, exact, prefix, suffix, said
):
    assert f"These words stand in {said}" in told(exact, prefix, suffix)


def test_words_in_other_letters_are_told_as_changed(told):
    assert "The words have changed: " in told("UNTIL NETS ARE COUNTED")


@pytest.mark.parametrize("exact", ["being carried out", "18 Jan 2032", "POSITIONS"])
def test_words_that_the_page_adds_are_on_the_page(told, exact):
    assert "These words stand on the page, but in no text of the record" in told(exact)


def test_sentences_of_several_texts_stand_in_the_record(told):
    exact = "Northport doubles its toll. What each port takes from the other’s ships."
    assert "These words stand in the record, but in several of its texts." in told(exact)


@pytest.mark.parametrize(
    ("exact", "where"),
    [
        ("Nobody has asked the crab", "the quote "),
        ("nobody has asked", "gone"),
        ("“Nobody has asked the crab”", "the quote "),
        ("They spoke for two hours.", "the conflict between sources An hour, or two"),
        ("Leaders speak for an hour", "the source "),
    ],
)
def test_words_of_another_record_are_told_with_the_record(told, exact, where):
    said = told(exact)
    if where == "gone":
        assert GONE in said
    else:
        assert f"They stand in {where}" in said
        assert GONE not in said


def test_a_record_that_has_to_do_with_the_note_comes_first(index):
    quote = next(q for q in index.dataset.quotes if q.issue_ids)
    found = locate(Anchor(quote.text), Ref("issue", quote.issue_ids[0]), index)
    assert (found.kind, found.ref) == ("elsewhere", quote.ref)
    assert found.anchor is not None
    assert locate(found.anchor, found.ref, index).kind == "unchanged"


def test_of_other_records_the_one_with_the_surroundings_comes_first(index):
    found = locate(Anchor("for an hour", "We spoke ", " and I would"), TOLLS, index)
    assert found.ref == Ref("quote", "noren-hour")


def test_places_with_the_very_words_are_all_offered(index):
    found = locate(Anchor("toll"), TOLLS, index)
    assert found.kind == "moved"
    places = [found.anchor, *found.others]
    assert len(set(places)) == 3
    assert all(locate(place, TOLLS, index).kind == "unchanged" for place in places)
    assert candidates(Anchor("toll"), index, TOLLS)[0].ref == TOLLS


def test_words_that_were_public_are_told_on_an_earlier_day_and_others_are_not(told, view):
    quote = view.index[Ref("quote", "noren-hour")]
    said = told(quote.text, ref=Ref("round", "may-call"), at=quote.published)
    assert "They stand in the quote" in said
