"""Texts as what an id may be."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.record.model import SLUG
from explorer.text.slugs import slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Rhine talks", "rhine-talks"),
        ("Überfahrt, 2nd", "uberfahrt-2nd"),
        ("The keeper’s “house”", "the-keepers-house"),
        ("谈判", ""),
        ("--a--", "a"),
    ],
)
def test_a_text_becomes_lower_case_letters_digits_and_hyphens(text, made):
    assert slug(text) == made


@given(st.text())
def test_whatever_is_left_of_a_text_is_an_id(text):
    assert slug(text) == "" or re.fullmatch(SLUG, slug(text))
