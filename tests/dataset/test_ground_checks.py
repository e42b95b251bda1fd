"""What a valid dataset rests on, as its writer is warned of it."""

from __future__ import annotations

from datetime import date

import pytest

from explorer import dataset
from explorer.dataset.warning_checks import _DOUBTS, OF_GROUNDS, WARNINGS

PEOPLE = """
[[delegation]]
id = "west"
name = "West bank"
short = "West"
sources = ["gazette"]
"""


def source(slug, *lines, of="press", published="2031-05-02"):
    return "\n".join(
        [
            "",
            "[[source]]",
            f'id = "{slug}"',
            f'publisher = "{slug}"',
            'title = "T"',
            f"published = {published}" if published else "",
            f'type = "{of}"',
            *lines,
            "",
        ]
    )


def position(*sources, side="east"):
    cited = ", ".join(f'"{slug}"' for slug in sources)
    return (
        f'\n[[issue.position]]\ndelegations = ["{side}"]\non = 2031-05-03\ntext = "t"\n'
        f"sources = [{cited}]\n"
    )


def milestone(day, name="Flood"):
    return (
        f'\n[[milestone]]\nid = "flood-{day}"\nname = "{name}"\non = {day}\ntext = "t"\n'
        'announced = 2031-05-02\nsources = ["gazette"]\n'
    )


def quote(*lines):
    return "\n".join(
        [
            "",
            "[[quote]]",
            'id = "swim"',
            'text = "We can swim"',
            'speaker = "marlow"',
            'language = "en"',
            'sources = ["gazette"]',
            *lines,
            "",
        ]
    )


@pytest.fixture
def warned(dataset_of):
    """The names of the warnings, with the record that each is of."""

    def warned(text, **instead):
        _, warnings = dataset.check(dataset_of(text, **instead))
        return [(one.check, one.record) for one in warnings]

    return warned


@pytest.fixture
def of_issue(warned):
    """The names of the warnings of an issue that has one position."""

    def of_issue(text):
        issue = (
            '\n[[issue]]\nid = "bells"\nname = "Bells"\nsummary = "Who rings."\n'
            'sources = ["gazette"]\n'
        )
        return [check for check, record in warned(issue + text) if record == "[[issue]] bells"]

    return of_issue


def test_a_source_that_no_record_cites_is_warned_of_and_keeps_nothing_from_opening(dataset_of):
    path = dataset_of(source("tale"))

    _, warnings = dataset.check(path)

    (warning,) = [one for one in warnings if one.check == "uncited-source"]
    assert (warning.record, warning.message) == ("[[source]] tale", "no record cites this source")
    assert dataset.load(path, cached=False).source("tale")


def test_a_source_that_a_faulty_record_may_cite_is_not_warned_of(dataset_of):
    path = dataset_of(source("tale") + '\n[[issue]]\nid = "bells"\nsources = ["tale"]\n')

    with pytest.raises(dataset.DatasetError) as caught:
        dataset.check(path)

    assert "uncited-source" not in [one.check for one in caught.value.warnings]


def test_a_person_whom_nothing_names_is_warned_of(warned):
    person = (
        '\n[[delegate]]\nid = "oar"\nname = "Oar"\nshort = "Oar"\ndelegation = "east"\n'
        'sources = ["gazette"]\n'
    )

    assert ("unnamed-person", "[[delegate]] oar") in warned(person)
    role = '[[delegate.role]]\ntitle = "Envoy"\nsources = ["gazette"]\n'
    words = quote("published = 2031-05-03", 'form = "verbatim"').replace("marlow", "oar")
    assert ("unnamed-person", "[[delegate]] oar") not in warned(person + role + words)


@pytest.mark.parametrize(
    ("sources", "cited", "expected"),
    [
        (source("wire", of="wire") + source("press"), ("wire", "press"), {"secondary-sources"}),
        (source("press"), ("press",), {"secondary-sources", "one-source"}),
        (source("own", of="primary") + source("press"), ("own", "press"), set()),
        (source("own", of="primary"), ("own",), {"one-source"}),
        (
            source("blog", 'reliability = "weak"') + source("post", 'reliability = "weak"'),
            ("blog", "post"),
            {"weak-sources", "secondary-sources"},
        ),
        (
            source("one", of="primary") + source("copy", 'carries = "one"'),
            ("one", "copy"),
            {"one-source"},
        ),
    ],
)
def test_what_is_weak_about_the_ground_of_a_statement_is_warned_of(
    of_issue, sources, cited, expected
):
    assert set(of_issue(position(*cited) + sources)) == expected


def test_the_word_of_another_side_alone_is_warned_of(of_issue):
    west = source("west-page", 'delegation = "west"', of="primary")

    assert "one-side" in of_issue(position("west-page") + west + PEOPLE)
    assert "one-side" not in of_issue(position("west-page", side="west") + west + PEOPLE)


def test_a_translation_without_the_words_that_were_translated_is_warned_of(warned):
    translated = quote("published = 2031-05-03", 'form = "translation"')

    assert ("no-original", "[[quote]] swim") in warned(translated)
    assert "no-original" not in dict(warned(translated + 'original = "On sait nager"\n'))


def test_a_quote_without_its_day_of_publication_shows_from_the_day_it_was_said(dataset_of):
    path = dataset_of(quote("said = 2031-05-03", 'form = "verbatim"'))

    found, warnings = dataset.check(path)

    (warning,) = [one for one in warnings if one.check == "no-published"]
    assert warning.record == "[[quote]] swim"
    (swim,) = [one for one in found.quotes if one.id == "swim"]
    assert swim.published == date(2031, 5, 3)


def test_a_quote_without_any_day_is_a_problem(dataset_of):
    with pytest.raises(dataset.DatasetError) as caught:
        dataset.check(dataset_of(quote('form = "verbatim"')))

    (problem,) = caught.value.problems
    assert (problem.check, problem.message) == ("missing-key", "“published” is missing")


def test_a_source_after_the_last_day_of_the_record_is_warned_of(warned):
    late = source("tale", published="2032-02-01")

    assert ("late-source", "[[source]] tale") in warned(late)
    assert "late-source" not in dict(warned(source("tale", published="2031-12-31")))


@pytest.mark.parametrize(
    ("today", "text", "is_stale"),
    [
        ("2032-01-02", milestone("2032-01-01"), True),
        ("2032-01-02", milestone("2032-06-01"), False),
        ("2032-01-02", milestone("2031-06-01"), False),
        ("2032-01-20", "", False),
        ("2032-06-01", "", True),
        ("2052-06-01", "", False),
        ("2052-06-01", milestone("2040-01-01"), True),
        ("2031-06-01", "", False),
    ],
)
def test_a_record_that_ended_before_what_it_foresees_is_stale(
    warned, monkeypatch, today, text, is_stale
):
    monkeypatch.setenv("EXPLORER_TODAY", today)

    assert (("stale-record", "[negotiation]") in warned(text)) is is_stale


def test_how_long_ago_a_record_ended_is_counted_from_its_last_one_sided_day(
    dataset_of, monkeypatch
):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-06-30")
    one_sided = (
        "[[negotiation.one_sided]]\nstarts = 2032-01-01\nends = 2032-01-31\n"
        'delegations = ["east"]\ntext = "t"\nsources = ["gazette"]\n\n[[delegation]]\n'
        'id = "west"\nname = "West"\nshort = "West"\nsources = ["gazette"]\n\n[[source]]'
    )
    path = dataset_of()
    path.write_text(path.read_text("utf-8").replace("[[source]]", one_sided, 1), "utf-8")

    _, warnings = dataset.check(path)

    (stale,) = (one for one in warnings if one.check == "stale-record")
    assert stale.message.startswith(
        "with the one-sided days after it is 151 days ago, on 2032-01-31"
    )


def test_every_warning_has_a_name_that_is_explained():
    assert {*_DOUBTS, *OF_GROUNDS} < set(WARNINGS)
    assert all(" " not in name and meaning for name, meaning in WARNINGS.items())
