"""Whether words stand in a page, whatever may differ in print."""

from __future__ import annotations

import pytest

from explorer.text.word_proof import Words

PAGE = (
    "On Monday the envoy spoke. “We have a deal on tolls — the best, most of us think, in ten "
    "years,” she said; the US side’s 12.5% rate, it’s understood, stays. Later she added: "
    "“Nobody will pay more than 1,000 crowns.” 中方对此表示坚决反对，并已提出严正交涉。"
)


@pytest.mark.parametrize(
    "quoted",
    [
        "We have a deal on tolls",
        "we have a deal on tolls - the best, most of us think, in ten years.",
        "We have a deal on tolls – the best",
        "We  have\na deal on\u00a0tolls",
        "We ha\u00adve a deal",
        "the US side's 12.5% rate, it's understood, stays",
        # Cuts, of any length, and in their order.
        "We have a deal […] in ten years",
        "We have a deal [...] Nobody will pay",
        "We have a deal… Nobody will pay",
        "… a deal on tolls …",
        # What was put in by whoever quotes.
        "We [the towns] have a deal",
        "[T]he best, most of us think",
        "Nobody will pay more than [that sum]",
        "“Nobody” will pay",
        "中方对此表示坚决反对,并已提出严正交涉",
        "中方[…]坚决反对",
    ],
)
def test_what_differs_in_print_alone_is_no_difference(quoted):
    assert Words(PAGE).hold(quoted)


@pytest.mark.parametrize(
    "quoted",
    [
        "We had a deal on tolls",
        "We have a deal on toll",
        "We have deal on tolls",
        "we have a Deal on tolls",
        "the us side’s",
        "a 125% rate",
        "12.5 rate",
        "more than 1000 crowns",
        "in ten years […] We have a deal",
        "We [the towns] Nobody",
        "中方对此表示坚决支持",
        "ave a deal",
        "",
        "…",
    ],
)
def test_other_words_are_never_the_same(quoted):
    assert not Words(PAGE).hold(quoted)


def test_brackets_that_the_page_prints_are_words_of_it():
    page = Words("Parties [shall] [should] cut by [30][40] per cent.")

    assert page.hold("Parties [shall] [should] cut by [30][40] per cent.")
    assert not page.hold("Parties [shall] [should] cut by half")


def test_letters_and_signs_set_otherwise_are_the_same():
    assert Words("The ﬁsh of the café cost ２０％.").hold("The fish of the cafe\u0301 cost 20%")
    assert not Words("The café").hold("The cafe")


@pytest.mark.parametrize(
    ("quoted", "passage"),
    [
        ("We had a deal on tolls", "We have a deal on tolls"),
        ("Nobody shall pay more than 900 crowns.", "Nobody will pay more than 1,000 crowns.”"),
        ("Nobody shall pay more than 900 crowns", "Nobody will pay more than 1,000 crowns"),
        ("中方对此表示坚决支持", "中方对此表示坚决反对"),
        ("The harvest failed in the north", ""),
        ("", ""),
    ],
)
def test_the_nearest_passage_is_found(quoted, passage):
    assert Words(PAGE).nearest(quoted) == passage


def test_the_nearest_passage_is_the_whole_of_it_where_an_edge_differs():
    page = Words("He says so. They will cut the toll by half at once, he adds.")

    assert page.nearest("We will cut the toll by half today") == "They will cut the toll by half at"


def test_a_page_without_words_holds_nothing_and_has_no_passage():
    assert not Words("").hold("a deal")
    assert Words("").nearest("a deal") == ""
