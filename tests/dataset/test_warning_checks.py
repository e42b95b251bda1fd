"""What a valid dataset is asked about: warnings for who writes it."""

from __future__ import annotations

import pytest

from explorer import dataset
from explorer.dataset.warning_checks import _DOUBTS

EARLY = """
[[source]]
id = "bulletin"
publisher = "Bulletin"
title = "What is planned"
published = 2031-05-10
type = "press"
"""
LATE = EARLY.replace("bulletin", "herald").replace("05-10", "05-20")
MEASURE = """
[[measure]]
id = "toll"
name = "Toll"
delegation = "east"
act = "law"
sources = ["gazette"]
"""
STEP = """
[[measure.step]]
on = 2031-05-20
stage = "{stage}"
text = "t"
sources = [{sources}]
"""
YEAR = """
[[milestone]]
id = "flood"
name = "Flood"
on = "2031"
text = "t"
sources = ["gazette"]
"""


def person(slug, native="", side="east"):
    return (
        f'[[delegate]]\nid = "{slug}"\nname = "{slug}"\nshort = "{slug}"\n'
        f'native_name = "{native}"\ndelegation = "{side}"\nsources = ["gazette"]\n'
    )


def doubts_in(path):
    _, warnings = dataset.check(path)
    return [
        (warning.record, warning.field, warning.message)
        for warning in warnings
        if warning.check in _DOUBTS
    ]


@pytest.fixture
def doubts(dataset_of):
    return lambda text, **instead: doubts_in(dataset_of(text, **instead))


def position(on, *sources):
    cited = ", ".join(f'"{slug}"' for slug in sources)
    return (
        f'[[issue.position]]\ndelegations = ["east"]\non = {on}\ntext = "t"\nsources = [{cited}]\n'
    )


def issue(entry="", summary="What a crossing costs."):
    return (
        f'[[issue]]\nid = "fares"\nname = "Fares"\nsummary = "{summary}"\n'
        f'sources = ["gazette"]\n{entry}'
    )


def test_a_page_older_than_what_was_said_is_doubted_with_its_place_in_the_list(doubts):
    entry = position("2031-05-20", "herald", "bulletin")

    assert doubts(EARLY + LATE, issue=issue(entry)) == [
        (
            "[[issue]] fares",
            "position 1, sources 2",
            "“bulletin” is of 2031-05-10, before what it is cited for (2031-05-20)",
        )
    ]


@pytest.mark.parametrize("on", ["2031-05-10", "2031-05-11", '"2031-05"'])
def test_a_page_of_the_day_of_the_day_before_or_of_the_month_is_not_doubted(doubts, on):
    assert doubts(EARLY, issue=issue(position(on, "bulletin"))) == []


FIGURE = """
[[figure]]
id = "fare"
name = "Fare"
unit = "%"
delegation = "east"
against = "east"
sources = ["gazette"]
"""
VALUE = """
[[figure.value]]
on = {on}
number = {number}
standing = "in force"
text = "t"
sources = ["gazette"]
[[figure.value.part]]
name = "toll"
number = {number}
measure = "toll"
"""


def levied(*steps, until='"2031-12"', known=""):
    """A toll of 20% in force on 2 Jan, later steps of it, and a value of it till another comes."""
    told = [("2031-01-02", "in force", 'rate = "20%"'), *steps]
    return (
        MEASURE.replace('"law"', '"charge"')
        + "".join(
            STEP.replace("2031-05-20", on).format(stage=stage, sources='"gazette"') + more
            for on, stage, more in told
        )
        + FIGURE
        + VALUE.format(on="2031-01-02", number=20)
        + VALUE.format(on=f"{until}\n{known}", number=5)
    )


def of_figures(found):
    return [(record, field, message) for record, field, message in found if "figure" in record]


@pytest.mark.parametrize(
    ("stage", "lapse"),
    [("ended", "has ended"), ("dropped", "has ended"), ("suspended", "is suspended")],
)
def test_a_value_in_force_that_outlives_its_measure_is_doubted(doubts, stage, lapse):
    resumed = ("2031-11-01", "resumed", 'rate = "5%"')
    found = doubts(levied(("2031-05-20", stage, ""), resumed, until="2031-11-01"))

    assert of_figures(found) == [
        (
            "[[figure]] fare",
            "value 1, part 1, measure",
            (
                f"“toll” {lapse} by 2031-05-20, and this value shows as in force until "
                "2031-10-31; give the value that follows, or what the measure still levies"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("steps", "until"),
    [
        ([("2031-05-20", "changed", 'rate = "5%"')], "2031-05-20"),
        ([("2031-05-20", "suspended", 'rate = "5%"')], "2031-05-20"),  # levied at that meanwhile
        ([("2031-05-20", "announced", "until = 2031-06-01")], "2031-11-01"),
    ],
)
def test_a_value_whose_measure_is_levied_throughout_is_not_doubted(doubts, steps, until):
    assert of_figures(doubts(levied(*steps, until=until))) == []


def test_a_value_that_follows_but_is_known_only_later_leaves_a_gap(doubts):
    ended = ("2031-05-20", "ended", "")

    late = of_figures(doubts(levied(ended, until="2031-05-20", known="known = 2031-06-01")))
    assert "until 2031-05-31" in late[0][2]
    same_day = of_figures(doubts(levied(ended, until="2031-05-20", known="known = 2031-05-20")))
    assert [field for _, field, _ in same_day] == ["value 2, part 1, measure"]


def test_a_value_that_was_to_end_with_its_measure_is_not_doubted(doubts):
    text = levied(("2031-05-20", "ended", ""), until="2031-11-01")
    ends = text.replace("on = 2031-01-02\nnumber", "on = 2031-01-02\nuntil = 2031-05-19\nnumber")

    assert [field for _, field, _ in of_figures(doubts(text))] == [
        "value 1, part 1, measure",
        "value 2, part 1, measure",
    ]
    assert [field for _, field, _ in of_figures(doubts(ends))] == ["value 2, part 1, measure"]


def test_a_count_is_not_known_from_a_page_that_is_older(doubts):
    count = (
        '[[figure.value]]\non = 2031-05-20\nnumber = 3\nstanding = "counted"\n'
        'text = "t"\nsources = ["bulletin"]\n'
    )

    assert [field for _, field, _ in of_figures(doubts(EARLY, issue=FIGURE + count))] == [
        "value 1, sources 1"
    ]


def test_words_that_a_page_prints_before_they_are_said_are_doubted(doubts):
    quote = (
        '[[quote]]\nid = "swim"\ntext = "We can swim"\nspeaker = "envoy"\nsaid = 2031-05-20\n'
        'published = 2031-05-20\nform = "verbatim"\nlanguage = "en"\nsources = ["bulletin"]\n'
    )
    role = '[[delegate.role]]\ntitle = "Envoy"\nsources = ["gazette"]\n'

    found = doubts(EARLY + person("envoy") + role + quote)

    assert [(record, field) for record, field, _ in found] == [("[[quote]] swim", "sources 1")]


@pytest.mark.parametrize("stage", ["in force", "changed", "suspended", "resumed", "ended"])
def test_an_effect_that_older_pages_alone_tell_is_doubted(doubts, stage):
    ((record, field, message),) = doubts(
        EARLY + MEASURE + STEP.format(stage=stage, sources='"bulletin"')
    )

    assert (record, field) == ("[[measure]] toll", "step 1, sources")
    assert message.startswith("every source is older (2031-05-10 at the latest)")


def test_evidence_that_older_pages_alone_tell_is_doubted(doubts):
    def point(*sources):
        cited = ", ".join(f'"{slug}"' for slug in sources)
        return (
            '[[point]]\nid = "bell"\nname = "A bell"\ntext = "t"\non = 2031-05-02\n'
            'round = "jetty"\nissues = ["fares"]\nsources = ["gazette"]\n'
            f'[[point.evidence]]\non = 2031-05-20\ntext = "t"\nsources = [{cited}]\n'
        )

    ((_, field, _),) = doubts(EARLY + point("bulletin"))

    assert field == "evidence 1, sources"
    assert doubts(EARLY + LATE + point("bulletin", "herald")) == []


@pytest.mark.parametrize(
    ("stage", "sources"), [("announced", '"bulletin"'), ("in force", '"bulletin", "herald"')]
)
def test_an_announcement_or_an_effect_with_a_page_of_its_day_is_not_doubted(doubts, stage, sources):
    pages = EARLY + (LATE if "herald" in sources else "")

    assert doubts(pages + MEASURE + STEP.format(stage=stage, sources=sources)) == []


def test_a_day_known_by_its_year_alone_is_doubted(doubts):
    ((_, field, message),) = doubts(YEAR)

    assert (field, message) == (
        "on",
        "is a year, so it shows only from 2031-12-31 on; give a month or `known`",
    )
    assert doubts(YEAR + "known = 2031-05-03\n") == []


def test_a_text_that_knows_the_future_is_doubted(doubts):
    entry = position("2031-05-10", "bulletin")

    found = doubts(EARLY, issue=issue(entry, "A toll that ends in June 2031."))

    assert found == [
        (
            "[[issue]] fares",
            "summary",
            "names June 2031, but shows from 2031-05-10 on; say it in a dated entry",
        )
    ]
    assert doubts(EARLY, issue=issue(entry, "A toll of May 2031.")) == []


@pytest.mark.parametrize(("name", "strange"), [("習近平", "習"), ("何詠前", "詠")])
def test_a_traditional_name_among_simplified_ones_of_its_side_is_doubted(doubts, name, strange):
    ((record, field, message),) = doubts(person("a", "李强") + person("b", name))

    assert (record, field) == ("[[delegate]] b", "native_name")
    assert message.startswith(f"has “{strange}”, while others of its side are in simplified")


@pytest.mark.parametrize(
    "names", [("习近平", "何咏前"), ("習近平", "何詠前"), ("何立峰", "習近平"), ("李强", "Астрид")]
)
def test_names_in_one_script_are_not_doubted(doubts, names):
    assert doubts("".join(person(f"p{n}", name) for n, name in enumerate(names))) == []


def test_another_side_may_write_otherwise(doubts):
    west = '[[delegation]]\nid = "west"\nname = "West"\nshort = "West"\nsources = ["gazette"]\n'

    assert doubts(west + person("a", "李强") + person("b", "譚慧蘭", "west")) == []


FLOOD = """
[[milestone]]
id = "flood"
name = "Flood"
on = 2031-06-01
{key} = {day}
text = "t"
sources = ["gazette"]

[[milestone.move]]
on = 2031-05-10
to = 2031-06-09
text = "Later."
sources = ["gazette"]
"""


DEPARTS = position("2031-05-20", "gazette") + 'departs_from = "union"\n'
WEST = '\n[[delegation]]\nid = "west"\nname = "West"\nshort = "West"\nsources = ["gazette"]\n'


def union(*members):
    return "".join(
        (
            '\n[[delegation]]\nid = "union"\nname = "Union"\nshort = "Union"\n',
            'type = "coalition"\nsources = ["gazette"]\n',
            *(f'[[delegation.member]]\nsources = ["gazette"]\n{one}\n' for one in members),
        )
    )


@pytest.mark.parametrize(
    ("members", "is_doubted"),
    [
        (['delegation = "west"'], True),
        (['delegation = "east"\nuntil = 2031-05-19'], True),
        (['delegation = "east"\nsince = 2031-05-21'], True),
        (['delegation = "east"\nsince = "2031-05"'], False),
        (['delegation = "west"', 'delegation = "east"'], False),
        (['name = "Others"'], True),
        ([], False),
    ],
)
def test_who_departs_from_a_coalition_is_a_member_on_that_day(doubts, members, is_doubted):
    found = doubts(WEST + union(*members), issue=issue(DEPARTS))

    assert [field for _, field, _ in found] == ["position 1, departs_from"] * is_doubted


def test_a_member_of_a_coalition_within_another_may_depart_from_either(doubts):
    within = union('delegation = "bloc"') + union('delegation = "east"').replace("union", "bloc")

    assert doubts(within, issue=issue(DEPARTS)) == []


@pytest.mark.parametrize("key", ["announced", "known"])
def test_a_move_before_what_it_moves_was_public_is_doubted(doubts, key):
    ((record, field, message),) = doubts(FLOOD.format(key=key, day="2031-05-20"))

    assert (record, field) == ("[[milestone]] flood", "move 1")
    assert message == (
        f"was public on 2031-05-10, but with `{key}` the milestone shows only from 2031-05-20 on; "
        "one of the two may be wrong"
    )
    assert doubts(FLOOD.format(key=key, day="2031-05-10")) == []


def test_a_dataset_with_doubts_opens_all_the_same(dataset_of):
    assert dataset.load(dataset_of(YEAR), cached=False).dataset.delegates
