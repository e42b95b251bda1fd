"""Which letters of a text of Markdown are words."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from explorer.text.markdown_parts import words_only


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("# plain *words* & C:\\dir", "# plain *words* & C:\\dir"),
        ("a `b` c", "a     c"),
        ("[a](b) c", "[a     c"),
        ("> - a `b\n>   c` d\n", "    a   \n       d\n"),
        ("a\n\n```\nb\n```\nc", "a\n\n   \n \n   \nc"),
        ("a <b>c</b>", "a    c    "),
        ("\ta `b`\nc", "      \nc"),
        ("- a\n\n\tb `c`", "  a\n\n\tb    ".replace("\t", " ")),
    ],
)
def test_all_but_words_is_blank(text: str, words: str) -> None:
    assert words_only(text) == words


TEXT = st.text(st.sampled_from("ab#`~<>[]()!:/'\"\\-*=1. \n\t\r"), max_size=60)


@settings(max_examples=500, deadline=None)
@given(TEXT)
@example("> \t`a\n> b`")
@example("1. a\n\n       b `c`")
@example("[a]: b\nc `d`")
@example("a\r\n```\r\nb\r\n```\r\nc")
def test_the_words_are_those_that_commonmark_shows_and_stand_where_they_stood(text: str) -> None:
    words = words_only(text)
    assert len(words) == len(text)
    assert all(new in (old, " ", "\n") for old, new in zip(text, words, strict=True))
    if words == text:
        return
    tokens = MarkdownIt("commonmark").disable(["image", "entity"]).parse(text)
    shown = "".join(
        child.content for token in tokens for child in token.children or () if child.type == "text"
    )
    assert [a for a in words if a.isalnum()] == [a for a in shown if a.isalnum()]
