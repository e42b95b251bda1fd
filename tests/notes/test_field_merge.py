"""Two versions of a note made one: no word is lost, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.notes import Anchor, NoteStore, Words, file_format, three_way
from explorer.notes.field_merge import merged, of_both
from explorer.notes.git_conflicts import marked, parted
from explorer.record.model import Ref

RARE = Ref("issue", "rare-earths")
PATH = Path("issue-rare-earths-8f7f3e2ed0c3cd9d-89abcdef.toml")
THREE = datetime(2026, 11, 22, 3, tzinfo=UTC)
TEXT = "one\ntwo\nthree\nfour\nfive"
WORDS = Words(TEXT)


@pytest.fixture
def path(tmp_path):
    note = NoteStore(tmp_path, "key").save(RARE, WORDS, name="Rare earths", note=None).note
    return note.path


def written(path, words=WORDS, author="", name="Rare earths"):
    times = (THREE, THREE)
    return file_format.compose(RARE, words, times, name=name, path=path, author=author)[1]


def words_of(path, data):
    return [note.words for note in file_format.understand(path, data, 0)]


def merge(path, ours, theirs, base=WORDS):
    before = None if base is None else written(path, base)
    return merged(before, written(path, ours), written(path, theirs), path)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"text": TEXT.replace("one", "1")}, {"text": TEXT.replace("five", "5")}),
        ({"text": TEXT.replace("one", "1")}, {"due": date(2026, 12, 1)}),
        ({"date": date(2026, 12, 1)}, {"due": date(2026, 12, 1), "done": True}),
        ({"anchor": Anchor("words")}, {"text": f"{TEXT}\nsix"}),
        ({"due": date(2026, 12, 1)}, {"due": date(2026, 12, 1)}),
    ],
)
def test_what_only_one_side_changed_is_as_that_side_has_it(path, ours, theirs):
    found = merge(path, replace(WORDS, **ours), replace(WORDS, **theirs))
    assert found.theirs is None
    (words,) = words_of(path, found.ours)
    for key, value in (ours | theirs).items():
        if key != "text":
            assert getattr(words, key) == value
    for side in (ours, theirs):
        new = set(side.get("text", TEXT).split("\n")) - set(TEXT.split("\n"))
        assert new <= set(words.text.split("\n"))


def test_a_field_that_was_taken_away_stays_away(path):
    due = replace(WORDS, due=date(2026, 12, 1))
    found = merge(path, WORDS, replace(due, text=f"{TEXT}\nsix"), base=due)
    assert words_of(path, found.ours) == [Words(f"{TEXT}\nsix")]


def test_where_both_changed_the_same_both_are_kept_and_all_else_is_one(path):
    ours = replace(WORDS, text=TEXT.replace("two", "ours"), due=date(2026, 12, 1))
    theirs = replace(WORDS, text=TEXT.replace("two", "theirs"), date=date(2026, 11, 1))
    found = merge(path, ours, theirs)
    days = {"due": date(2026, 12, 1), "date": date(2026, 11, 1)}
    assert words_of(path, found.ours) == [replace(ours, **days)]
    assert words_of(path, found.theirs) == [replace(theirs, **days)]
    assert words_of(path, found.in_one_file) == [replace(ours, **days), replace(theirs, **days)]


def test_two_days_for_one_are_two_versions(path):
    one, other = (replace(WORDS, due=date(2026, 12, day)) for day in (1, 2))
    assert words_of(path, merge(path, one, other).in_one_file) == [one, other]


def test_versions_that_have_nothing_before_them_are_both_kept(path):
    found = merge(path, Words("ours"), Words("theirs"), base=None)
    assert words_of(path, found.in_one_file) == [Words("ours"), Words("theirs")]
    assert merge(path, WORDS, WORDS, base=None).theirs is None


@pytest.mark.parametrize("what", [b"\xff\x00junk", b"", b'format = 99\nrecord = "a:b"\n'])
def test_what_is_no_note_of_ours_is_left_to_others(path, what):
    assert merged(written(path), what, written(path), path) is None
    assert merged(written(path), written(path), what, path) is None
    assert merged(what, written(path), written(path, Words("x")), path) is not None


def test_a_field_that_is_not_known_here_is_not_lost(path):
    theirs = written(path).replace(b"format = 3", b'format = 3\nmood = "grave"')
    assert merged(written(path), written(path, Words("ours")), theirs, path) is None


def test_a_merge_that_was_not_ended_is_merged_with_the_words_of_both(path):
    sides = merge(path, Words("a\nours\nz"), Words("a\ntheirs\nz"), base=Words("a\nb\nz"))
    found = merged(written(path), sides.in_one_file, written(path, Words("third")), path)
    said = "\n".join(words.text for words in words_of(path, found.in_one_file))
    assert {"ours", "theirs", "third"} <= set(said.split("\n"))


def test_one_signs_and_the_other_writes(path):
    theirs = written(path, replace(WORDS, text="new"))
    found = merged(written(path), written(path, author="Anna"), theirs, path)
    (note,) = file_format.understand(path, found.ours, 0)
    assert (note.author, note.text) == ("Anna", "new")


def test_two_versions_of_which_nobody_knows_the_first_are_one_with_all_that_either_has():
    one = Words("a\nb", due=date(2026, 12, 2), done=True, anchor=Anchor("words"))
    other = Words("a\nc", date(2026, 11, 1), date(2026, 12, 1), answers="x")
    assert of_both(one, other) == Words(
        "a\nb\nc", date(2026, 11, 1), date(2026, 12, 1), False, Anchor("words"), "x"
    )


# Texts


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        ("a #x", "a #x #y", "a #x #z", "a #x #y #z"),
        ("a", "a\n#y", "a\n#z", "a\n#y #z"),
        ("a #x", "b #x", "a #x #z", "b #x #z"),
        ("a #x", "a #x #z", "b #x", "b #x #z"),
        ("a", "a #y", "a #Y", "a #y"),
        ("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd"),
        ("a\nb", "a\nb", "x", "x"),
    ],
)
def test_tags_and_lines_of_both_sides_are_one_text(base, ours, theirs, both):
    assert three_way.merged(base, ours, theirs) == both


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ("a", "b", "c"),
        ("a", "a b", "a c"),
        ("a", "", "b"),
        ("", "x", "y"),
        ("a #x", "a", "b #x #y"),
    ],
)
def test_what_meets_in_the_same_line_is_not_guessed(base, ours, theirs):
    assert three_way.merged(base, ours, theirs) is None


LINES = st.lists(st.sampled_from(["a", "b", "c", "#x", "", "d #y"]), max_size=7).map("\n".join)


@given(LINES, LINES, LINES)
def test_a_line_that_either_side_wrote_is_never_lost(base, ours, theirs):
    found = three_way.merged(base, ours, theirs)
    if found is None:
        return
    words = set(found.split())
    for text in (ours, theirs):
        assert set(text.split()) - set(base.split()) <= words
    assert set(base.split()) & set(ours.split()) & set(theirs.split()) <= words


@given(LINES, LINES)
def test_what_is_marked_can_be_taken_apart_again(one, other):
    one, other = f"{one}\n", f"{other}\n"
    assert parted(marked(one, other)) == (None if one == other else (one, other))


def test_texts_of_many_lines_are_merged_in_no_time():
    many = "\n" * 100_000
    assert three_way.merged(f"{many}x\n{many}", f"a{many}y\n{many}", f"{many}z\n{many}b") is None
    assert marked(many + "a\n" * 50_000, "a\n" * 50_000 + many)
