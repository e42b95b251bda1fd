"""Words for signs: what is read says all that is seen."""

from __future__ import annotations

import pytest

from explorer.linear.spoken import in_runs, in_words


@pytest.mark.parametrize(
    ("seen", "heard"),
    [
        ("US ✓ affirms; China ~ differs", "US affirms; China differs"),
        ("∅ silent in the notice", "silent in the notice"),
        ("26 Oct 2025: + new quote", "26 Oct 2025: new quote"),
        ("→ value  US duty", "value — US duty"),
        ("raised → agreed", "raised to agreed"),
        ("fentanyl 10% + reciprocal 10%", "fentanyl 10% + reciprocal 10%"),
        ("Tariffs ≢", "Tariffs sources disagree"),
        ("≢ Date of the plan", "Sources disagree: Date of the plan"),
        ("aim, ▸ only in the second", "aim, only in the second"),
        ("aim · ▸ only in the second", "aim, only in the second"),
        ("stock · = in the same words", "stock, in the same words"),
        ("aim · ≢ worded otherwise", "aim, worded otherwise"),
        (
            "it is {–ten–} and {+twelve+}",
            "it is (only the first: ten) and (only the second: twelve)",
        ),
        ("ends [–1 Mar] [+1 Sep]", "ends (was: 1 Mar) (now: 1 Sep)"),
        ("This one ✦", "This one reader’s own"),
        ("It is said. · public later", "It is said. public later"),
        ("one line\nafter another", "one line after another"),
    ],
)
def test_signs_become_words(seen, heard):
    assert in_words(seen) == heard


def test_sources_that_follow_each_other_are_not_counted_out():
    assert in_runs([1, 2, 3, 4, 9]) == "1 to 4, 9"
    assert in_runs([5, 6, 2]) == "5, 6, 2"
