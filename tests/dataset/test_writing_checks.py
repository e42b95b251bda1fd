"""Doubts about how a table is written: languages, marks around words, members."""

from __future__ import annotations

import pytest

from explorer import dataset
from explorer.dataset.warning_checks import _DOUBTS

OF_WRITING = ("language-by-name", "marks-around", "member-twice")
QUOTE = """
[[quote]]
id = "ferries"
speaker = "okafor"
said = 2031-05-20
form = "verbatim"
language = "{language}"
text = '{text}'
sources = ["gazette"]
"""
SPEAKER = """
[[delegate]]
id = "okafor"
name = "Ada Okafor"
short = "Okafor"
delegation = "east"
sources = ["gazette"]
[[delegate.role]]
since = 2030-01-01
title = "Pilot"
sources = ["gazette"]
"""
COALITION = """
[[delegation]]
id = "shore"
name = "The shore"
short = "Shore"
type = "coalition"
sources = ["gazette"]
"""
MEMBER = '[[delegation.member]]\n{who}\n{days}\nsources = ["gazette"]\n'


@pytest.fixture
def doubted(dataset_of):
    def found(text):
        _, warnings = dataset.check(dataset_of(text))
        return [(each.check, each.field) for each in warnings if each.check in OF_WRITING]

    return found


def quote(text="We go on.", language="en"):
    return SPEAKER + QUOTE.format(text=text, language=language)


def test_each_of_these_has_a_name_of_its_own():
    assert set(OF_WRITING) <= set(_DOUBTS)


@pytest.mark.parametrize("language", ["English", "EN", "中文", "en_GB"])
def test_a_language_by_its_name_is_doubted(doubted, language):
    assert doubted(quote(language=language)) == [("language-by-name", "language")]


@pytest.mark.parametrize("language", ["en", "zh-Hant", "pt-BR", "tet"])
def test_a_language_by_its_code_is_not_doubted(doubted, language):
    assert doubted(quote(language=language)) == []


@pytest.mark.parametrize("text", ["“We go on.”", '"We go on."', "「我们继续」"])
def test_marks_around_all_words_of_a_quote_are_doubted(doubted, text):
    assert doubted(quote(text)) == [("marks-around", "text")]


def test_marks_around_the_words_as_they_were_said_are_doubted(doubted):
    said = quote(language="zh").replace('form = "verbatim"', 'form = "translation"')
    assert doubted(f'{said}original = "「我们继续」"\n') == [("marks-around", "original")]


@pytest.mark.parametrize(
    "text", ["“We” or “they”", "We “go on”", "“”", "“We go”, she said, “on”", "‘tis “so”"]
)
def test_marks_around_some_words_are_not_doubted(doubted, text):
    assert doubted(quote(text)) == []


def test_a_member_listed_twice_for_the_same_days_is_doubted(doubted):
    member = MEMBER.format(who='delegation = "east"', days="")
    assert doubted(COALITION + member * 2) == [("member-twice", "member 2")]


def test_a_member_that_left_and_came_back_is_not_doubted(doubted):
    left = MEMBER.format(who='name = "Port Hill"', days="until = 2031-02-01")
    back = MEMBER.format(who='name = "Port Hill"', days="since = 2031-03-01")
    assert doubted(COALITION + left + back) == []
