"""Code and headings in Markdown: what is replaced outside the one, and found of the other."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from explorer.text.markdown_parts import headings, sub_outside_code

TAG = re.compile(r"<(?=[A-Za-z/!?])")


def shown(text):
    return sub_outside_code(TAG, lambda _: "&lt;", text)


@pytest.mark.parametrize(
    "text",
    [
        "```\n<div>\n```",
        "~~~\n<div>\n```\n<div>\n~~~",
        "````\n```\n<div>\n```\n````",
        "> - ```\n>   <div>\n>   ```",
        "a `<div>` and ``<b> ` <i>``",
        "# a `<div>` #",
        "1. 1 `<div>`",
        "- - > `<div>`  \n  `<b>`",
        "[a](https://e.example) `<div>`",
        "*a `<div>` b*",
    ],
)
def test_code_stays_as_it_is(text):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("<b> `<i>`", "&lt;b> `<i>`"),
        ("```\n<i>\n```\n<b>", "```\n<i>\n```\n&lt;b>"),
        ("~~~\n```\n~~~\n<b>", "~~~\n```\n~~~\n&lt;b>"),
        ("\\`<b>\\`", "\\`&lt;b>\\`"),
        ("`` <b> `", "`` &lt;b> `"),
        ("`a\n<b>`", "`a\n&lt;b>`"),
        # What some reader does not take for code.
        ("    <b>", "    &lt;b>"),
        ("[a](x`y) <b> `", "[a](x`y) &lt;b> `"),
        ("$`$ <b> `", "$`$ &lt;b> `"),
        ("`a | <b>`\n---|---", "`a | &lt;b>`\n---|---"),
        ("$$\n```\n$$\n<b>\n```", "$$\n```\n$$\n&lt;b>\n```"),
    ],
)
def test_all_else_is_replaced(text, becomes):
    assert shown(text) == becomes


PIECES = st.sampled_from(
    [
        *("<b>", "</b>", "<!--", "`", "``", "```", "~~~", "\n", "\n\n", "> ", "- ", "1. ", "    "),
        *(
            "# ",
            "\t",
            "[a](",
            ")",
            "[a]: ",
            "\\",
            "a",
            "*",
            "<https://e.example>",
            "===\n",
            "---\n",
        ),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=500, deadline=None)
@example("[a]: `\n\n`<b>`")
def test_no_reader_finds_a_tag_in_what_is_replaced(text):
    tokens = MarkdownIt("commonmark", {"html": True}).parse(shown(text))
    inline = [child for token in tokens for child in token.children or ()]
    for token in [*tokens, *inline]:
        assert not token.type.startswith("html")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# a\n\nb\n===", [(0, False), (3, True)]),
        ("```\n# a\n```", []),
        ("~~~\n```\n# a\n~~~\n# b", [(4, False)]),
        ("    # a", []),
        ("> - ## a", [(0, False)]),
        ("one\ntwo\n---\n\n---", [(2, True)]),
        ("#a", []),
    ],
)
def test_headings_are_found_by_the_line_that_makes_them(text, found):
    assert [(heading.line, heading.is_underlined) for heading in headings(text)] == found
