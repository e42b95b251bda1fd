"""What is wrong with texts and their clauses."""

from __future__ import annotations

import pytest

from explorer import dataset
from explorer.dataset import DatasetError

TEXT = """
[[text]]
id = "draft"
name = "Draft on the bell"
type = "draft"
issued = 2031-03-05
sources = ["gazette"]
"""
LATER = TEXT.replace('"draft"\nname', '"later"\nname').replace("03-05", "04-05")


def clause(number, *lines):
    return "\n".join(["", "[[text.clause]]", f'number = "{number}"', *lines, ""])


WORDS = 'words = "A bell."'


def test_a_text_with_clauses_and_steps_is_sound(dataset_of):
    step = (
        '\n[[text.step]]\non = 2031-03-06\nstage = "adopted"\ntext = "t"\nsources = ["gazette"]\n'
    )
    text = TEXT + clause("1", WORDS) + clause("1", WORDS, "on = 2031-04-01") + step

    assert len(dataset.load(dataset_of(text), cached=False).dataset.texts[0].clauses) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            TEXT + clause("1", WORDS) + clause("1", WORDS),
            "clause 2, number: another clause has the number “1”; one that came later says",
        ),
        (
            TEXT
            + clause("1", WORDS)
            + clause("1", WORDS, "on = 2031-04-01")
            + clause("1", WORDS, "on = 2031-04-01"),
            "clause 3, number: another clause has the number “1” on 2031-04-01",
        ),
        (
            TEXT + clause("1"),
            "clause 1, words: is missing; where they were not read, `remark` says",
        ),
        (TEXT + clause(" ", WORDS), "clause 1, number: is empty"),
        (
            TEXT + clause("1", WORDS, "on = 2031-03-01"),
            "clause 1, on: is before 2031-03-05, the day of the text",
        ),
        (
            TEXT + clause("1", "dropped = true", "on = 2031-04-01"),
            "clause 1, number: no clause “1” stands there that could be taken out",
        ),
        (
            TEXT + clause("1", WORDS) + clause("2", WORDS) + clause("2", "dropped = true"),
            "clause 3, number: another clause has the number “2”",
        ),
        (TEXT + 'replaces = "draft"\n', "replaces: names the text itself"),
        (TEXT + 'replies_to = ["draft"]\n', "replies_to: names the text itself"),
        (TEXT + 'replies_to = ["drift"]\n', "replies_to 1: there is no text “drift”"),
        (TEXT + 'issuers = ["est"]\n', "issuers 1: there is no delegation “est”"),
        (TEXT + 'round = "quay"\n', "round: there is no round “quay”"),
        (
            TEXT + 'silent = ["bell"]\n' + clause("1", WORDS, 'matters = ["bell"]'),
            "silent 1: a clause of the text is on “bell”",
        ),
        (TEXT.replace('"draft"\nissued', '"drift"\nissued'), 'type: "drift" is not one of draft,'),
        (TEXT.replace("2031-03-05", "2032-03-05"), "issued: lies after the record ends"),
        (TEXT + clause("1", WORDS, 'issues = ["fears"]'), "clause 1, issues 1: there is no issue"),
        (
            TEXT + 'replaces = "later"\n' + LATER,
            "replaces: names a later text, of 2031-04-05; this one is of 2031-03-05",
        ),
        (TEXT + 'follows = "later"\n' + LATER, "follows: names a later text, of 2031-04-05"),
        (
            TEXT
            + 'replaces = "later"\n'
            + LATER.replace("04-05", "03-05")
            + 'replaces = "draft"\n',
            "replaces: and “later” name each other",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(dataset_of, text, message):
    with pytest.raises(DatasetError) as refused:
        dataset.load(dataset_of(text), cached=False)

    found = [f"{p.field}: {p.message}" for p in refused.value.problems]
    assert any(said.startswith(message) for said in found), found


def test_a_draft_may_replace_one_of_its_month(dataset_of):
    text = TEXT + LATER.replace("2031-04-05", '"2031-03"') + 'replaces = "draft"\n'

    assert len(dataset.load(dataset_of(text), cached=False).dataset.texts) == 2


def test_a_clause_without_words_says_why_and_needs_no_more(dataset_of):
    text = TEXT + clause("1", 'remark = "Not taken down."')

    assert dataset.load(dataset_of(text), cached=False).dataset.texts[0].clauses[0].words == ""


def test_a_whole_clause_may_be_as_long_as_it_is(dataset_of):
    text = TEXT + clause("1", f'words = "{"bell " * 400}"')
    _, warnings = dataset.check(dataset_of(text))

    assert not [one for one in warnings if one.record == "[[text]] draft"]
