"""Two texts set against one another, clause by clause."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.documents import text_list
from explorer.documents.comparisons import texts
from explorer.documents.comparisons.question import Question
from explorer.documents.comparisons.texts.alignment import aligned, aligned_states
from explorer.documents.comparisons.texts.likely_texts import likely, near
from explorer.documents.comparisons.texts.marked_words import marked
from explorer.documents.comparisons.texts.text_state import TextState
from explorer.documents.comparisons.texts.two_texts import Side, compared, older_first
from explorer.documents.pages import as_text, page
from explorer.documents.render import render
from explorer.notes import anchors
from explorer.record.model import Clause, Ref, Text


def clause(number, words="", **given):
    return Clause(number=number, words=words, **given)


def numbers(groups):
    """The groups by the numbers of their clauses."""
    return [([c.number for c in group.one], [c.number for c in group.other]) for group in groups]


# Which clauses stand side by side


def test_clauses_on_one_matter_stand_together_whatever_their_numbers_and_words():
    one = [clause("1", "A bell.", matters=("bell",)), clause("2", "Oars.", matters=("oars",))]
    other = [clause("7", "Of oars.", matters=("Oars",)), clause("9", "Ring!", matters=("bell",))]

    assert numbers(aligned(one, other)) == [(["1"], ["9"]), (["2"], ["7"])]


def test_several_clauses_of_one_matter_are_one_group():
    one = [clause("1", matters=("bell",)), clause("2", matters=("oars",))]
    other = [clause("1", matters=("bell", "oars")), clause("2", matters=("bell",))]

    assert numbers(aligned(one, other)) == [(["1", "2"], ["1", "2"])]


def test_what_shares_no_matter_is_paired_by_the_likeness_of_its_words():
    one = [clause("1", "Neither bank shall raise the fare for a year.")]
    other = [
        clause("5", "A bell is hung on the jetty.", matters=("bell",)),
        clause("6", "Neither bank should raise the fare for a year."),
    ]

    assert numbers(aligned(one, other)) == [([], ["5"]), (["1"], ["6"])]


def test_under_one_number_less_likeness_will_do():
    one = [clause("3", "The bell is rung at noon.")]
    like = "The bell is rung by whoever keeps the boats, never before noon."

    assert numbers(aligned(one, [clause("3", like)])) == [(["3"], ["3"])]
    assert len(aligned(one, [clause("4", like)])) == 2


def test_what_only_the_second_has_follows_what_it_follows_there():
    one = [clause("1", matters=("a",)), clause("2", matters=("b",))]
    other = [clause("1", matters=("a",)), clause("2", matters=("c",)), clause("3", matters=("b",))]

    assert numbers(aligned(one, other)) == [(["1"], ["1"]), ([], ["2"]), (["2"], ["3"])]


def test_two_states_of_a_text_are_set_together_by_number():
    one = [clause("1", "A bell."), clause("2", "Oars.")]
    other = [clause("1", "No such thing at all."), clause("3", "Ropes.")]

    assert numbers(aligned_states(one, other)) == [(["1"], ["1"]), ([], ["3"]), (["2"], [])]


CLAUSES = st.lists(
    st.builds(
        clause,
        st.sampled_from("123456789"),
        st.sampled_from(["", "A bell is hung.", "Two bells are hung.", "敲钟。", "[shall]"]),
        matters=st.lists(st.sampled_from(["bell", "oars", "fog"]), max_size=2).map(tuple),
    ),
    unique_by=lambda made: made.number,
)


@given(CLAUSES, CLAUSES)
def test_every_clause_stands_in_one_group_and_in_one_only(one, other):
    for align in (aligned, aligned_states):
        groups = align(one, other)
        assert sorted(c.number for g in groups for c in g.one) == sorted(c.number for c in one)
        assert sorted(c.number for g in groups for c in g.other) == sorted(c.number for c in other)
        for group in groups:
            pairs = list(group.pairs())
            assert [a for a, _ in pairs if a] == list(group.one)
            assert {id(b) for _, b in pairs if b} == {id(c) for c in group.other}


def test_treaties_of_hundreds_of_articles_are_compared_by_a_few_looks_at_each(monkeypatch):
    from explorer.documents.comparisons.texts import alignment

    looks = []
    like = alignment.likeness
    monkeypatch.setattr(alignment, "likeness", lambda *two: looks.append(two) or like(*two))
    words = [f"Article {n} says that bell {n} of jetty {n * 7} rings." for n in range(300)]
    one = [clause(str(n), said) for n, said in enumerate(words)]
    other = [clause(str(n + 1000), f"{said} Twice.") for n, said in enumerate(words)]

    assert all(len(group.one) == len(group.other) == 1 for group in aligned(one, other))
    assert len(looks) <= 4 * len(one)


# Words


def shown(pieces):
    signs = {"same": "{}", "removed": "-{}-", "added": "+{}+"}
    return "".join(signs[fate].format(words) for words, fate in pieces)


@pytest.mark.parametrize(
    ("one", "other", "first", "second"),
    [
        ("It rings at noon.", "It rings at night.", "It rings at -noon-.", "It rings at +night+."),
        ("通行费暂停一年。", "通行费暂停两年。", "通行费暂停-一-年。", "通行费暂停+两+年。"),
        ("It rings, daily.", "It rings daily.", "It rings-, -daily.", "It rings daily."),
        (
            "A fee of 40 000 crowns",
            "A fee of 60 000 crowns",
            "A fee of -40 000 -crowns",
            "A fee of +60 000 +crowns",
        ),
        # What the record cuts may stand there too.
        ("It rings […]", "It rings at noon.", "It rings […]", "It rings at noon."),
        (
            "It […] rings twice.",
            "It […] rings once.",
            "It […] rings -twice-.",
            "It […] rings +once+.",
        ),
        # “of” and “the” that stay by chance between two changes are changed with them.
        (
            "the whole cost of hanging up the bell",
            "every third share of all that the keeper asks",
            "-the whole cost of hanging up the bell-",
            "+every third share of all that the keeper asks+",
        ),
    ],
)
def test_words_that_only_one_has_are_marked(one, other, first, second):
    assert tuple(map(shown, marked(one, other))) == (first, second)


@given(st.text("ab .,[]…钟 \n", max_size=30), st.text("ab .,[]…钟 \n", max_size=30))
def test_marked_words_are_the_words_themselves(one, other):
    for words, pieces in zip((one, other), marked(one, other), strict=True):
        assert "".join(piece for piece, _ in pieces).split() == words.split()


def test_clauses_as_long_as_a_chapter_are_not_marked():
    started = time.process_time()
    long = "bell rope " * 5_000

    assert marked(long, f"{long} oar") == (((long, "same"),), ((f"{long} oar", "same"),))
    assert time.process_time() - started < 5


# What a text does not say


def state(**given):
    text = Text(id="t", name="T", type="draft", issued=date(2031, 3, 5), **given)
    return TextState(text, text.clauses, None, text.issued)


def test_a_text_is_silent_only_where_that_is_known():
    assert state(read="whole").absence(["bell"]) == "silent"
    assert state(silent=("Bell",)).absence(["bell"]) == "silent"
    assert state().absence(["bell"]) == "not among the words kept"
    assert state(read="whole").absence([]) == "not among the words kept"
    assert state(file="t.md").absence(["bell"]) == "not in it"


def test_brackets_and_options_are_counted_and_cuts_are_not():
    draft = state(
        clauses=(
            clause("1", "It [shall][should] ring […] [at noon [or [...] night]]."),
            clause("2", "Option 1: no bell. OPTION A: two. Alt. 2: none. Optional reading."),
        )
    )

    assert (draft.brackets, draft.options) == (4, 3)


# The invented texts


def ref(slug):
    return Ref("text", slug)


def sheet_of(view, one, other, **given):
    return texts.sheet(view, Question(ref(one), other=ref(other), **given))


def said(view, one, other, **given):
    return as_text(sheet_of(view, one, other, **given))


def test_a_comparison_counts_what_it_finds_and_says_on_what_one_is_silent(view):
    text = said(view, "lantern-draft", "lantern-statement", other_on=date(2031, 4, 1))

    assert "3 passages: 1 changed, 1 only in the first, 1 only in the second." in text
    assert "∅ Joint statement, Lantern Isle, as on 1 Apr 2031 is silent on 1 matter: nets." in text
    assert "Brackets: 3 → 0. Options: 2 → 0." in text
    assert "Neither port {–[–}shall" in text


def test_what_was_not_kept_is_not_called_silent(view):
    text = said(view, "lantern-draft", "lantern-statement", other_on=date(2031, 4, 1))

    (lantern,) = [line for line in text.split("\n") if "not among the words kept" in line]
    assert lantern.strip() == "First: not among the words kept"


def test_a_clause_whose_words_were_not_read_is_said_to_speak_of_it(view):
    text = said(view, "northport-account", "southport-account")

    assert "2  speaks of it; the words were not read (Thanks are given" in text


def test_texts_of_two_languages_are_not_compared_word_by_word(view):
    made = sheet_of(view, "northport-account", "southport-account")

    assert "toll truce · « in another language" in as_text(made)
    assert not any(
        span.role in ("added", "removed") for block in made.blocks for span in block.spans
    )


def test_two_states_of_one_text_are_named_by_their_days(view):
    made = sheet_of(view, "lantern-statement", "lantern-statement", about_on=date(2031, 4, 1))

    assert {cell.head for block in made.blocks for cell in block.cells} == {
        "As on 1 Apr 2031",
        "As on 30 Jun 2032",
    }
    assert "{–for a year–}" in as_text(made)
    assert "{+until September 2032+}" in as_text(made)
    assert "silent" not in as_text(made)


def test_a_web_page_says_in_its_own_terms_what_was_taken_out_and_put_in(view):
    question = Question(
        ref("lantern-statement"), about_on=date(2031, 4, 1), other=ref("lantern-statement")
    )
    page_of_it = render(texts.sheet(view, question), "html")

    assert "<del>{–for a year–}</del>" in page_of_it
    assert "<ins>{+until September 2032+}</ins>" in page_of_it


def test_in_the_other_form_what_reads_the_same_is_left_out(view):
    whole = said(
        view,
        "lantern-statement",
        "lantern-statement",
        about_on=date(2031, 3, 5),
        other_on=date(2031, 3, 6),
    )
    changed = said(
        view,
        "lantern-statement",
        "lantern-statement",
        about_on=date(2031, 3, 5),
        other_on=date(2031, 3, 6),
        otherwise=True,
    )

    assert "= in the same words" in whole
    assert "They do not differ." in changed


def test_as_data_says_which_words_only_one_has(view):
    question = Question(
        ref("lantern-statement"), about_on=date(2031, 4, 1), other=ref("lantern-statement")
    )
    tolls, lantern = texts.as_data(view, question)

    assert tolls["relation"] == "changed"
    assert tolls["first"][0]["only_here"] == ["for a year"]
    assert tolls["second"][0]["only_here"] == ["until September 2032"]
    assert lantern["relation"] == "first only"
    assert "second_absence" not in lantern


def test_silence_and_what_was_not_kept_are_told_apart_in_data(view):
    rows = texts.as_data(view, Question(ref("lantern-draft"), other=ref("lantern-statement")))

    assert [row.get("second_absence") for row in rows] == [None, "silent"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (Question(), "Two texts are compared, and none was named."),
        (
            Question(ref("lantern-draft"), about_on=date(2031, 3, 3), other=ref("lantern-draft")),
            "The keeper’s draft was not public on 3 Mar 2031.",
        ),
    ],
)
def test_why_there_is_no_comparison_is_said(view, question, answer):
    assert compared(view, question) == answer
    assert as_text(texts.sheet(view, question)) == answer
    assert texts.as_data(view, question) == []


def test_a_text_that_was_not_public_on_the_day_is_not_compared(view):
    then = view.at(date(2031, 3, 5))

    assert "was not public on 5 Mar 2031" in said(then, "lantern-draft", "southport-account")
    assert "was not public on 5 Mar 2031" in as_text(
        texts.sheet(then, Question(ref("southport-account")))
    )


def test_a_later_state_is_no_other_than_that_of_the_day(view):
    then = view.at(date(2031, 4, 1))

    assert "September" not in said(
        then, "lantern-statement", "lantern-statement", about_on=date(2032, 2, 1)
    )


# With which other


def others(view, slug):
    return [(each.ref.id, each.why) for each in likely(view, ref(slug))]


def test_the_predecessor_comes_first_then_replies_rivals_and_renderings(view):
    assert others(view, "lantern-statement") == [
        ("lantern-statement", "as it read until 17 Jan 2032"),
        ("lantern-draft", "its predecessor"),
        ("southport-account-en", "its successor"),
        ("northport-account", "of the same round"),
        ("southport-account", "of the same round"),
    ]
    assert others(view, "northport-account")[0] == ("southport-account", "what it replies to")
    assert others(view, "southport-account")[:3] == [
        ("northport-account", "replies to it"),
        ("lantern-draft", "the other side’s, of the same round"),
        ("southport-account-en", "the same in another language or translation"),
    ]


def test_an_earlier_state_is_offered_only_once_it_is_earlier(view):
    then = view.at(date(2031, 4, 1))

    assert others(then, "lantern-statement")[0] == ("lantern-draft", "its predecessor")


def test_without_another_the_likeliest_is_taken_and_the_older_stands_first(view):
    found = compared(view, Question(ref("northport-account")))

    assert (found.one.text.id, found.other.text.id) == ("northport-account", "southport-account")
    one, other = older_first(view, Side(ref("lantern-statement")), Side(ref("lantern-draft")))
    assert (one.ref.id, other.ref.id) == ("lantern-draft", "lantern-statement")


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ("round:lantern-isle", 5),
        ("issue:fishing", 2),
        ("delegation:south", 3),
        ("source:joint-statement", 2),
        ("point:toll-truce", 5),
        ("negotiation:harbour-talks", 5),
        ("round:may-call", 0),
    ],
)
def test_the_texts_a_record_has_to_do_with(view, record, found):
    assert len(near(view, Ref.parse(record))) == found


# Pages and the list


def test_the_page_of_a_text_has_its_clauses_as_they_stand_and_as_they_stood(view):
    text = as_text(page(view, ref("lantern-statement")))

    assert "1: Tolls: “Neither port shall raise its toll until September 2032.” so since" in text
    assert "before: “Neither port shall raise its toll for a year.”" in text
    assert "2: taken out on 18 Jan 2032" in text
    assert "Replaces: The keeper’s draft" in text
    assert "5 Mar 2031: adopted." in text


def test_the_page_of_a_text_names_those_that_name_it(view):
    assert "Replaced by: Joint statement, Lantern Isle" in as_text(page(view, ref("lantern-draft")))
    assert "Renderings: Southport’s notice in English" in as_text(
        page(view, ref("southport-account"))
    )


def test_on_an_earlier_day_a_page_has_what_stood_then(view):
    text = as_text(page(view.at(date(2031, 4, 1)), ref("lantern-statement")))

    assert "for a year" in text
    assert "September" not in text
    assert "taken out" not in text


def test_the_page_of_an_issue_has_every_clause_on_it_by_date(view):
    text = as_text(page(view, Ref("issue", "fishing")))

    listed = text.split("IN THE TEXTS\n")[1].split("\n\n")[0]
    assert listed.split("\n") == [
        "3 Mar 2031: The keeper’s draft",
        "  2: “Option 1: Southport counts its nets. Option 2: both count.” [1]",
        "6 Mar 2031: Northport’s account, Lantern Isle",
        "  2: “Southport will count its nets each spring.” [5]",
    ]


def test_words_of_a_clause_carry_a_note_that_finds_them_again(view):
    anchor = anchors.anchored(view.index.text(ref("northport-account")), "a year without new tolls")

    assert anchor.exact == "a year without new tolls"
    assert anchors.locate(anchor, ref("northport-account"), view.index).kind == "unchanged"
    assert anchors.locate(anchor, ref("southport-account"), view.index).kind != "unchanged"


def test_rounds_delegations_and_sources_list_their_texts(view):
    for record in ("round:lantern-isle", "delegation:lantern", "source:gazette-lantern"):
        assert "The keeper’s draft" in as_text(page(view, Ref.parse(record)))


def test_the_list_has_the_texts_by_round_with_how_they_stand(view):
    text = as_text(text_list.sheet(view))

    assert "ROUND 1: LANTERN ISLE" in text
    assert "3 Mar 2031: The keeper’s draft  LI/2031/1 · draft · Lantern · superseded" in text
    assert text_list.as_data(view)[0]["stands"] == "superseded"


def test_before_any_text_was_public_the_list_says_so(view):
    then = view.at(date(2031, 2, 1))

    assert as_text(text_list.sheet(then)) == "No text was public by 1 Feb 2031."
    assert text_list.as_data(then) == []
