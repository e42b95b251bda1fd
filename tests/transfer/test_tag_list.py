"""Tags: what counts as one, how often each is used, and giving one another name."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explorer.errors import NoteError
from explorer.notes import Note, NoteStore, Words
from explorer.notes.tags import as_tag, key, tags_in
from explorer.record.model import Ref
from explorer.transfer.tag_list import counted, due, rename_everywhere, renamed

FEES, TOLLS = Ref("issue", "fees"), Ref("issue", "tolls")
THREE = datetime(2031, 5, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> NoteStore:
    return NoteStore(tmp_path, "harbour-talks")


def save(store: NoteStore, text: str, ref: Ref = FEES, note: Note | None = None) -> Note:
    return store.save(ref, Words(text), name="Fees", note=note).note


def noted(
    text: str = "", *, name: str = "a", due: date | None = None, done: bool = False
) -> Note:  # fmt: skip
    return Note(FEES, text, THREE, THREE, Path(f"{name}.toml"), "0", due=due, done=done)


# What is a tag


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("`#no` and ``a ` #no`` but #yes", ("yes",)),
        ("a lone ` does not make #yes code", ("yes",)),
        ("one ` here\n\nand one ` there: #yes", ("yes",)),
        ("`#no\n#no` #yes", ("yes",)),
        ("```\n#no\n```\n#yes", ("yes",)),
        ("```python\n#no\n``\n#no\n````\n#yes", ("yes",)),
        ("~~~\n#no\n```\n#no\n~~~ \n#yes", ("yes",)),
        ("> ```\n> #no\n> ```\n> #yes", ("yes",)),
        ("```\n#no, for it never ends", ()),
        ("```one line``` #yes", ("yes",)),
        ("[words](page#no) [more](a(b)#no) [#yes](/x)", ("yes",)),
        ("e\N{COMBINING ACUTE ACCENT}#no", ()),
        ("```\n~~~\n#no\n```\n#yes", ("yes",)),
        ("~~~ py\n#no\n~~\n```\n~~~~\n#yes", ("yes",)),
        ("words\n    #yes\n\n    #no\n#then", ("yes", "then")),
        ("- one\n\n      #no\n\n  #yes\n\n\t#too", ("yes", "too")),
        ("> `#no\n> #no` #yes\n>\n>     #no", ("yes",)),
        ("<div class='#no'>\n#no\n</div>\n\n#yes <b title='#no'>#bold</b>", ("yes", "bold")),
        ("<!-- #no\n\n#no -->\n\n#yes <!-- #no --> `<div>` #and", ("yes", "and")),
        ("[a](<b #no> '#no') [b][#no] #yes <https://x.org/#no>\n\n[#no]: /x '#no'", ("yes",)),
        ("![#alt](x#no) [`#no`](y) ## #yes", ("alt", "yes")),
        ("# About #one #\n\n#two\n===\n", ("one", "two")),
        ("\t#no\r\n\r\n```\r\n#no\r\n```\r\n#yes\0 `#no`", ("yes",)),
        ("| `#no` | #yes |", ("yes",)),
    ],
)
def test_code_and_targets_of_links_have_no_tags(text: str, tags: tuple[str, ...]) -> None:
    assert tags_in(text) == tags


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("watch", "watch"),
        ("#Watch", "Watch"),
        ("#关税", "关税"),
        ("2026-q1", "2026-q1"),
        ("", None),
        ("#", None),
        ("##a", None),
        ("3", None),
        ("two words", None),
        ("China/Trade", "China/Trade"),
        ("e\N{COMBINING ACUTE ACCENT}te", "éte"),
        ("🔥", "🔥"),
        ("a//b", None),
        ("/a", None),
        ("a/", None),
        ("watch-", None),
        ("-watch", None),
        ("a#b", None),
        ("a`b", None),
        ("x" * 80, "x" * 80),
        ("x" * 81, None),
    ],
)
def test_a_word_is_a_tag_as_a_whole_or_not_at_all(word: str, tag: str | None) -> None:
    assert as_tag(word) == tag


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#China/Trade", ("China/Trade",)),
        ("#a/b/c/ #x//y #/z #q/2026 #1/2", ("a/b/c", "x", "q/2026")),
        ("#Über #uber #ÜBER #U\N{COMBINING DIAERESIS}ber", ("Über", "uber")),
        (
            "#中美/关税。#稀土、 #ภาษี #الصين #व्यापार/चीन",
            ("中美/关税", "稀土", "ภาษี", "الصين", "व्यापार/चीन"),
        ),
        ("#می\N{ZERO WIDTH NON-JOINER}خواهم", ("می\N{ZERO WIDTH NON-JOINER}خواهم",)),
        ("#watch. (#due!) “#so” #it’s #q3, #end", ("watch", "due", "so", "it", "q3", "end")),
        ("#🔥 #watch🇨🇳 ⚠️#hot #👩‍💻/work", ("🔥", "watch🇨🇳", "hot", "👩‍💻/work")),
        ("#1 #2026 #1st #co-op_2 C# F#x a#b &#x27; ##no", ("1st", "co-op_2")),
        (r"\#no \\#yes \`#code\` `\#no`", ("yes", "code")),
        ("[[#no]] [[page#no]] <a href='#no'> www.x.org/a-#no //x.org/-#no\n[1]: #no", ()),
        ("＃稀土 and #ok", ("稀土", "ok")),
    ],
)
def test_tags_of_every_script_are_found_and_nothing_else(text: str, tags: tuple[str, ...]) -> None:
    assert tags_in(text) == tags


def test_tags_in_much_text_are_found_soon() -> None:
    for text in (
        "[[" * 80_000,
        "='" * 80_000,
        "\\" * 200_000 + "`",
        "[a" * 80_000,
        "`a" * 80_000,
        "`a` #b " * 30_000,
        "`" * 200_000,
        "[](" * 60_000,
        "#a" * 90_000,
    ):
        assert tags_in(f"#first {text}")[0] == "first"


# How often each is used


def test_tags_are_counted_by_note_and_the_most_used_comes_first() -> None:
    notes = [noted("#b #a #a"), noted("#B and #c"), noted("none")]
    assert counted(notes) == (("b", 2), ("a", 1), ("c", 1))


def test_a_tag_is_told_as_it_is_written_most_often() -> None:
    notes = [noted("#china"), noted("#China/Trade"), noted("#China"), noted("#China")]
    assert counted(notes) == (("China", 4), ("China/Trade", 1))


def test_a_tag_within_another_counts_for_both_and_once_a_note() -> None:
    notes = [noted("#china/trade #china #china/food"), noted("#CHINA/Trade"), noted("#chinaware")]
    assert counted(notes) == (("china", 2), ("china/trade", 2), ("china/food", 1), ("chinaware", 1))


def test_accented_tags_stand_beside_their_plain_letters_and_are_tags_of_their_own() -> None:
    notes = [noted(f"#{tag}") for tag in "zinc uber Über łódź lodge été eta Ærø air".split()]
    tags = [tag for tag, number in counted(notes) if number == 1]
    assert tags == "Ærø air eta été lodge łódź uber Über zinc".split()


# What is due


def test_what_is_due_longest_comes_first_and_what_is_done_not_at_all() -> None:
    late = noted(name="z", due=date(2031, 5, 1))
    today = noted(name="b", due=date(2031, 5, 9))
    also = noted(name="a", due=date(2031, 5, 9))
    later = noted(due=date(2031, 5, 10))
    done = noted(due=date(2031, 5, 1), done=True)
    notes = [today, later, done, noted(), late, also]
    assert due(notes, date(2031, 5, 9)) == (late, also, today)


# Another name in a text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#watch this, #Watch, (#WATCH)", "#look this, #look, (#look)"),
        ("#watchful #watch-list #watch-", "#watchful #watch-list #look-"),
        ("watch # watch ##watch C#watch", "watch # watch ##watch C#watch"),
        ("# watch\n## #watch", "# watch\n## #look"),
        ("`#watch` [a](#watch) https://x.org/#watch", "`#watch` [a](#watch) https://x.org/#watch"),
        ("```\n#watch\n```\n#watch", "```\n#watch\n```\n#look"),
        ("#-watch", "#-look"),
        ("#watch/x #Watch/y/z #a/watch", "#look/x #look/y/z #a/watch"),
        ("\n\n#watch \t", "\n\n#look \t"),
    ],
)
def test_a_tag_gets_its_new_name_wherever_it_is_one(text: str, expected: str) -> None:
    assert renamed(text, "watch", "look") == expected
    assert renamed(text, "#Watch", " #look ") == expected


def test_letters_written_in_two_ways_are_the_same_tag() -> None:
    decomposed = "e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}"
    text = f"#{decomposed} and {decomposed}"
    assert renamed(text, "été", "hiver") == f"#hiver and {decomposed}"
    assert renamed("#été", decomposed.upper(), "hiver") == "#hiver"
    assert renamed("#straße", "STRASSE", "关税") == "#关税"


def test_a_longer_word_than_a_tag_can_be_is_not_taken_apart() -> None:
    text = f"#{'x' * 100}"
    assert renamed(text, "x" * 80, "y") == text


@pytest.mark.parametrize("word", ["", "#", "two words", "3", "a,b", "#a#b", "-a"])
def test_what_is_no_tag_is_refused_as_either_name(word: str) -> None:
    with pytest.raises(NoteError, match="cannot be a tag"):
        renamed("#watch", "watch", word)
    with pytest.raises(NoteError, match="cannot be a tag"):
        renamed("#watch", word, "watch")


TEXTS = st.text(
    st.sampled_from("##aabBß é\N{COMBINING ACUTE ACCENT}关-_1 \n`~[](/:&=>"), max_size=60
)


@settings(max_examples=600, deadline=None)
@given(TEXTS, st.sampled_from(["a", "b", "ab", "bb", "関", "é", "1a"]))
@example("#a#b", "a")
@example("#a\N{COMBINING ACUTE ACCENT}#b", "a")
@example("#-a-#a", "a")
@example("`#a\n\n`#a` #a", "a")
def test_after_renaming_only_that_tag_has_another_name(text: str, old: str) -> None:
    new = "Neu\N{COMBINING DIAERESIS}"
    becomes = key(new)
    after = renamed(text, old, new)
    tags = [key(tag) for tag in tags_in(text)]
    meant = [becomes + tag[len(old) :] if f"{tag}/".startswith(f"{old}/") else tag for tag in tags]
    assert list(map(key, tags_in(after))) == list(dict.fromkeys(meant))
    if meant == tags:
        assert after == text


# Another name in all notes


def test_a_tag_is_renamed_in_every_note_and_copy_and_nothing_else_changes(
    store: NoteStore,
) -> None:
    words = Words("#watch it", date(2031, 5, 1), date(2031, 6, 1), True)
    first = store.save(FEES, words, name="Fees", note=None).note
    beside = save(store, "#Watch too", note=replace(first, digest="0" * 64))
    other = save(store, "watch #else", ref=TOLLS)
    outcome = rename_everywhere(store, store.load(), "watch", "look")
    held = store.load()
    assert set(outcome.changed) == {first.path, beside.path}
    assert (outcome.refused, outcome.kept_both, outcome.remarks) == ([], [], [])
    (now,) = held.on(FEES)
    assert now.words == replace(words, text="#look it")
    assert (now.created, now.name) == (first.created, "Fees")
    assert [copy.text for copy in held.conflicts_of(first.id)] == ["#look too"]
    assert held.on(TOLLS) == (other,)
    assert str(outcome) == "2 notes changed."


def test_renaming_to_a_tag_that_is_there_merges_the_two(store: NoteStore) -> None:
    save(store, "#watch")
    save(store, "#look and #watch", ref=TOLLS)
    rename_everywhere(store, store.load(), "watch", "look")
    assert counted(store.load().all()) == (("look", 2),)


def test_words_saved_since_the_notes_were_read_are_renamed_too(store: NoteStore) -> None:
    first = save(store, "#watch")
    known = store.load()
    save(store, "#watch more", note=first)
    save(store, "#watch new", ref=TOLLS)
    outcome = rename_everywhere(store, known, "watch", "look")
    assert len(outcome.changed) == 2
    assert {note.text for note in store.load().all()} == {"#look more", "#look new"}
    assert store.load().copies == {}


def test_a_note_that_may_not_be_changed_does_not_keep_the_others_from_it(
    store: NoteStore,
) -> None:
    sealed = save(store, "#watch")
    with sealed.path.open("a") as file:
        file.write("colour = 'red'\n")
    before = sealed.path.read_bytes()
    other = save(store, "#watch", ref=TOLLS)
    outcome = rename_everywhere(store, store.load(), "watch", "look")
    assert outcome.changed == [other.path]
    (refused,) = outcome.refused
    assert refused.what == str(sealed.path)
    assert "“colour”, which is not known here" in refused.why
    assert sealed.path.read_bytes() == before
    assert str(outcome).startswith("1 note changed, 1 refused.\n")


def test_a_note_changed_in_the_same_moment_is_kept_and_so_is_the_new_text(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = save(store, "#watch"), save(store, "#watch", ref=TOLLS)
    theirs = first.path.read_bytes().replace(b"#watch", b"theirs")
    save_as_is = NoteStore.save

    def save_late(self: NoteStore, ref: Ref, *args: object, **options: object) -> object:
        if ref == FEES:
            first.path.write_bytes(theirs)
        return save_as_is(self, ref, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(NoteStore, "save", save_late)
    outcome = rename_everywhere(store, store.load(), "watch", "look")
    assert outcome.changed == [other.path]
    (copy,) = outcome.kept_both
    assert first.path.read_bytes() == theirs
    assert b"#look" in copy.read_bytes()


def test_a_full_disk_ends_it_and_says_which_notes_were_not_changed(
    store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = [save(store, "#watch", ref=ref) for ref in (FEES, TOLLS, Ref("issue", "quays"))]
    save(store, "untagged", ref=Ref("issue", "zones"))
    before = {note.path: note.path.read_bytes() for note in notes}

    def full(*args: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        outcome = rename_everywhere(store, store.load(), "watch", "look")
    assert outcome.changed == []
    assert {refused.what for refused in outcome.refused} == {str(note.path) for note in notes}
    assert "the disk is full" in outcome.refused[0].why
    assert {path: path.read_bytes() for path in before} == before
    assert len(rename_everywhere(store, store.load(), "watch", "look").changed) == 3


def test_what_is_no_tag_is_an_error_before_anything_is_read(store: NoteStore) -> None:
    save(store, "#watch")
    with pytest.raises(NoteError, match="“two words” cannot be a tag") as caught:
        rename_everywhere(store, store.load(), "watch", "two words")
    assert caught.value.title == "The tag was not renamed"
    assert caught.value.exit_code == 2
    with pytest.raises(NoteError):
        rename_everywhere(store, store.load(), "", "watch")


def test_a_tag_that_no_note_has_changes_nothing(store: NoteStore) -> None:
    save(store, "#watch")
    outcome = rename_everywhere(store, store.load(), "seen", "look")
    assert str(outcome) == "Nothing to do."
