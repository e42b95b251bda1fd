"""TOML → records: what is accepted, and how each fault is told to whoever writes it."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import BASE

from explorer import dataset
from explorer.dataset import DatasetError, Problem, read
from explorer.dataset.problems import Spot
from explorer.errors import ExplorerError
from explorer.record.model import KINDS, Archive, Clause, Ref
from explorer.record.tables import entries

WHAT = "a dataset is a TOML file, or a folder of them"
NEW = "“explorer new FOLDER” makes one to begin with"
WEST = """
[[delegation]]
id = "west"
name = "West bank"
short = "West"
sources = ["gazette"]
"""
QUOTE = """
[[quote]]
id = "swim"
text = "We can swim"
speaker = "marlow"
published = 2031-05-03
form = "verbatim"
language = "en"
sources = ["gazette"]
"""
MILESTONE = """
[[milestone]]
id = "flood"
name = "Flood"
on = 2031-06-01
text = "The river rises."
sources = ["gazette"]
"""
POINT = """
[[point]]
id = "bell"
name = "A bell"
text = "A bell is hung."
on = 2031-05-02
round = "jetty"
issues = ["fares"]
sources = ["gazette"]
"""
MEASURE = """
[[measure]]
id = "rope"
name = "Rope rule"
delegation = "east"
act = "law"
sources = ["gazette"]
"""
FIGURE = f"""{WEST}
[[figure]]
id = "east-fare"
name = "Fare of the east bank"
unit = "%"
delegation = "east"
against = "west"
sources = ["gazette"]
[[figure.value]]
on = 2031-02-01
number = 10
standing = "in force"
text = "The fare alone."
sources = ["gazette"]
"""
CONFLICT = """
[[conflict]]
id = "depth"
name = "How deep"
on = 2031-05-02
about = ["round:jetty"]
sources = ["gazette"]
"""
VERSIONS = """
[[conflict.version]]
text = "Deep."
sources = ["gazette"]

[[conflict.version]]
text = "Shallow."
sources = ["gazette"]
"""
NEGOTIATION = """
[negotiation]
id = "ferry"
name = "Ferry talks"
summary = "Two banks and a ferry."
began = 2031-01-01
record_ends = 2031-12-31
sources = ["gazette"]
"""
ISSUE = """
[[issue]]
id = "bells"
name = "Bells"
summary = "Who rings."
sources = ["gazette"]
"""


def problems_in(path):
    with pytest.raises(DatasetError) as caught:
        dataset.load(path, cached=False)
    return caught.value.problems


def told(path):
    """The problems on a line each, less the folder, the column and what to write instead."""
    folder = path if path.is_dir() else path.parent
    said = [
        str(replace(problem, column=0, hint=said_hint(problem))) for problem in problems_in(path)
    ]
    return [one.replace(f"{folder}{os.sep}", "") for one in said]


def said_hint(problem):
    return "" if problem.hint.startswith("write ") else problem.hint


def lines_of(path, text):
    """The numbers of the lines that are this text."""
    lines = path.read_text("utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if line == text]


def line_of(path, text):
    """The number of the last line that is this text."""
    return lines_of(path, text)[-1]


def at(path, text):
    return f"{path.name}:{line_of(path, text)}"


# What is right


def test_the_shipped_dataset_has_no_problems(shipped_view):
    assert shipped_view.index.dataset.negotiation.name
    assert len(shipped_view.index.dataset.quotes) > 50


def test_the_invented_dataset_has_records_of_every_kind(harbour):
    data = dataset.load(harbour, cached=False).dataset

    assert all(data.of(kind) for kind in KINDS)


def test_a_small_dataset_in_one_file_has_no_problems(dataset_of):
    text = QUOTE + MILESTONE + POINT + MEASURE + FIGURE + CONFLICT + VERSIONS + ISSUE

    data = dataset.load(dataset_of(text), cached=False).dataset

    assert [issue.id for issue in data.issues] == ["fares", "bells"]
    assert data.figures[0].values[0].number == 10


def test_tables_of_one_name_in_several_files_are_joined_in_order_of_the_files(dataset_of):
    data = dataset.load(dataset_of(ISSUE, folder=True), cached=False).dataset

    assert [issue.id for issue in data.issues] == ["fares", "bells"]


def test_text_loses_its_outer_space_and_everything_a_terminal_would_act_on(dataset_of):
    path = dataset_of(ISSUE.replace("Who rings.", r"  Who \u001b[31m rings\u202e?\r\n  "))

    summary = dataset.load(path, cached=False).dataset.issues[1].summary

    assert summary == "Who ␛[31m rings\ufffd?"


def test_markup_in_a_text_is_kept_as_text(view):
    assert view.index[Ref("issue", "wrecks")].name == "Wrecks [bold]and[/] what lies in them"


def test_a_byte_order_mark_is_no_problem(dataset_of):
    path = dataset_of()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert dataset.load(path, cached=False).dataset.negotiation.id == "ferry"


def test_days_are_dates_and_months_are_text(view):
    assert view.index[Ref("quote", "tam-patience")].said == date(2031, 3, 5)
    assert view.index[Ref("quote", "tam-toll-paraphrase")].said == "2031-10"


# Files that cannot be read


def test_a_path_that_does_not_exist_is_named(tmp_path):
    path = tmp_path / "nowhere"

    assert told(path) == ["nowhere: there is no such file or folder"]


def test_a_folder_without_toml_files_is_named(tmp_path):
    (problem,) = problems_in(tmp_path)

    assert problem == Problem(
        check="unreadable", file=tmp_path, message=f"the folder holds no .toml files; {WHAT}; {NEW}"
    )


def test_a_folder_that_is_called_like_a_file_is_refused(dataset_of):
    path = dataset_of(folder=True)
    (path / "odd.toml").mkdir()

    assert told(path) == ["odd.toml: it is a folder"]


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(dataset_of):
    path = dataset_of(folder=True)
    os.mkfifo(path / "pipe.toml")

    assert told(path) == ["pipe.toml: it is not a regular file"]


@pytest.fixture
def _small_limits(monkeypatch):
    monkeypatch.setattr(read, "MB", 10_000)
    monkeypatch.setattr(read, "MAX_FILE", 20_000)
    monkeypatch.setattr(read, "MAX_ALL", 50_000)


LARGE = b"#" * 20_000


@pytest.mark.usefixtures("_small_limits")
def test_a_file_that_is_too_large_is_refused(dataset_of):
    path = dataset_of(folder=True)
    (path / "vast.toml").write_bytes(LARGE + b"#")

    assert told(path) == ["vast.toml: it is larger than 2 MB; --any-size reads it all the same"]


@pytest.mark.usefixtures("_small_limits")
def test_a_dataset_of_too_many_files_is_refused(dataset_of):
    path = dataset_of(folder=True)
    for number in range(3):
        (path / f"large-{number}.toml").write_bytes(LARGE)

    (problem,) = problems_in(path)
    assert problem.message == (
        "its files are larger than 5 MB together; --any-size reads it all the same"
    )


@pytest.mark.usefixtures("_small_limits")
def test_a_file_just_small_enough_is_read(dataset_of):
    path = dataset_of(folder=True)
    (path / "large.toml").write_bytes(LARGE)

    assert dataset.load(path, cached=False).dataset.issues


@pytest.mark.usefixtures("_small_limits")
def test_a_dataset_of_any_size_is_read_when_asked(dataset_of):
    path = dataset_of(folder=True)
    for number in range(3):
        (path / f"vast-{number}.toml").write_bytes(LARGE * 2)

    assert dataset.load(path, cached=False, any_size=True).dataset.issues
    assert dataset.check(path, any_size=True)


def test_the_limits_let_a_hundred_thousand_quotes_through():
    megabytes = 46 * read.MB

    assert megabytes < read.MAX_FILE
    assert megabytes < read.MAX_ALL


def test_a_syntax_error_is_told_with_line_and_column(dataset_of):
    path = dataset_of('[[issue]]\nid = "b"\nname = oops\n', folder=True)

    assert told(path) == ["more.toml:3: text stands in quotation marks"]


def test_a_file_that_is_not_utf8_is_told_with_the_line(dataset_of):
    path = dataset_of(folder=True)
    (path / "more.toml").write_bytes("# one\n# two\n# Norén\n".encode("latin-1"))

    assert told(path) == [
        "more.toml:3: it is not UTF-8 text; save it as UTF-8; byte E9 is “é” in Windows-1252"
    ]


def test_every_file_with_a_syntax_error_is_told(dataset_of):
    path = dataset_of("a = ", folder=True)
    (path / "other.toml").write_text("[b")

    files = [problem.file.name for problem in problems_in(path)]

    assert files == ["more.toml", "other.toml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" + "a." * 40 + "a]", "a table header has too many parts"),
        ("  [[" + "a." * 40 + "a]]", "a table header has too many parts"),
        ("a" + ".a" * 100_000 + " = 1", "it cannot be parsed: TOML key has more than"),
        ("a" + ".a" * 100 + " = 1", "it nests more than 32 levels deep"),
        ("a = " + "[" * 40 + "]" * 40, "it nests more than 32 levels deep"),
        ("a = " + "{a = " * 40 + "1" + "}" * 40, "it nests more than 32 levels deep"),
        ("a = " + "[" * 100_000 + "]" * 100_000, "it cannot be parsed: TOML inline arrays"),
        ("a = " + "9" * 5000, "it cannot be parsed: Exceeds the limit"),
    ],
    ids=["header", "array header", "bomb", "dotted", "lists", "tables", "brackets", "number"],
)
def test_what_was_made_to_wear_a_parser_out_is_refused(dataset_of, text, message):
    (problem,) = told(dataset_of(text, folder=True))

    assert problem.startswith(f"more.toml: {message}")


def test_a_syntax_error_is_not_said_to_be_a_missing_negotiation_as_well(dataset_of):
    path = dataset_of("a = ")

    assert len(problems_in(path)) == 1


# Tables and keys


def test_a_dataset_without_negotiation_says_so_once(dataset_of):
    path = dataset_of(negotiation="", folder=True)

    assert told(path) == [
        f"{path}: the dataset has no [negotiation] table with its name and record_ends"
    ]


def test_a_second_negotiation_is_told(dataset_of):
    path = dataset_of('[negotiation]\nid = "other"\n', folder=True)

    assert "more.toml:1: [negotiation] may stand only once; take out one of the two" in told(path)


def test_an_unknown_table_is_told_with_the_nearest_known(dataset_of):
    path = dataset_of('\n[[isue]]\nid = "b"\n', folder=True)

    assert told(path) == ["more.toml:2: unknown table “isue”; did you mean “issue”?"]


def test_an_unknown_table_near_to_none_is_told_with_all_that_are_known(dataset_of):
    path = dataset_of("[xyz]\n", folder=True)

    (problem,) = told(path)

    assert problem.startswith("more.toml:1: unknown table “xyz”; known are negotiation, round,")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[issue]\nid = 'b'", "more.toml:1: “issue” must be written as [[issue]]"),
        ("issue = 3", "more.toml:1: “issue” must be written as [[issue]]"),
        ("[[negotiation]]", "more.toml:1: “negotiation” must be written as [negotiation]"),
    ],
)
def test_a_table_of_the_wrong_sort_is_told_with_the_right_header(dataset_of, text, message):
    assert message in told(dataset_of(text, folder=True))


def test_a_record_that_is_no_table_is_told(dataset_of):
    assert told(dataset_of("issue = [7]", folder=True)) == [
        "more.toml:1: [[issue]] number 1: must be a table; found 7"
    ]


def test_an_unknown_key_is_told_with_the_nearest_known(dataset_of):
    path = dataset_of(ISSUE + 'gruop = "Sound"\n')

    assert told(path) == [
        at(path, 'gruop = "Sound"') + ": [[issue]] bells, gruop: "
        "unknown key “gruop”; did you mean “group”?"
    ]


def test_an_unknown_key_of_an_entry_is_told_with_its_place_and_the_keys_it_may_have(dataset_of):
    path = dataset_of(
        ISSUE + '[[issue.status]]\non = 2031-05-01\nstate = "raised"\ntext = "x"\n'
        'sources = ["gazette"]\nzzz = 1\n'
    )

    assert told(path) == [
        at(path, "zzz = 1") + ": [[issue]] bells, status 1, zzz: "
        "unknown key “zzz”; known are on, state, text, known, sources"
    ]


def test_a_missing_key_is_told_at_the_record(dataset_of):
    path = dataset_of('[[issue]]\nid = "bells"\nname = "Bells"\nsources = ["gazette"]\n')

    assert told(path) == [
        at(path, "[[issue]]") + ": [[issue]] bells, summary: “summary” is missing"
    ]


def test_a_record_without_an_id_is_told_by_its_number_in_the_file(dataset_of):
    path = dataset_of(ISSUE.replace('id = "bells"\n', ""))

    assert told(path) == [at(path, "[[issue]]") + ": [[issue]] number 2, id: “id” is missing"]


def test_a_fault_of_the_negotiation_is_told(dataset_of):
    path = dataset_of()
    path.write_text(path.read_text("utf-8").replace("record_ends =", "record_end ="), "utf-8")

    assert told(path) == [
        (
            "ferry.toml:6: [negotiation], record_end: unknown key “record_end”; "
            "did you mean “record_ends”?"
        )
    ]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("summary", "7", "must be text, in quotes; found 7"),
        ("summary", "true", "must be text, in quotes; found true"),
        ("sources", '"gazette"', 'must be a list, in [brackets]; found "gazette"'),
        ("number", "1.5", "must be text, in quotes; found 1.5"),
        ("number", "4", "must be text, in quotes; found 4"),
        (
            "starts",
            '"in May"',
            '“in May” is not a date such as 2025-10-26 or a month such as "2025-10"',
        ),
        (
            "ends",
            "true",
            (
                "must be a date such as 2025-10-26, without quotes, or in quotes a month or a "
                'year such as "2025-10"; found true'
            ),
        ),
        (
            "meeting",
            '"talk"',
            (
                "\"talk\" is not one of talks, leaders' meeting, leaders' call, call, working "
                "level; did you mean “talks”?"
            ),
        ),
    ],
)
def test_a_value_of_the_wrong_sort_is_told_with_what_it_must_be(dataset_of, key, value, message):
    keys = {
        "id": '"quay"',
        "name": '"Quay"',
        "meeting": '"talks"',
        "starts": "2031-05-03",
        "ends": "2031-05-03",
        "summary": '"They meet."',
        "sources": '["gazette"]',
        key: value,
    }
    path = dataset_of("[[round]]\n" + "".join(f"{k} = {v}\n" for k, v in keys.items()))

    assert told(path) == [at(path, f"{key} = {value}") + f": [[round]] quay, {key}: {message}"]


def test_a_number_where_words_belong_in_a_list_is_told_with_its_place(dataset_of):
    path = dataset_of(ISSUE.replace('["gazette"]', '["gazette", 3]'))

    (problem,) = problems_in(path)

    assert (problem.field, problem.message) == ("sources 2", "must be text, in quotes; found 3")


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("value 1, number", '"ten"', 'must be a number; found "ten"'),
        ("described", '"perhaps"', 'must be true or false; found "perhaps"'),
    ],
)
def test_numbers_and_flags_are_asked_for_in_words(dataset_of, key, value, message):
    text = {
        "value 1, number": FIGURE.replace("number = 10", f"number = {value}"),
        "described": f'[[source]]\nid = "s"\npublisher = "P"\ntitle = "T"\ntype = "press"\n'
        f"described = {value}\n[[issue]]\nid = 'i'\nname = 'i'\nsummary = 's'\nsources = ['s']",
    }[key]

    assert message in {p.message for p in problems_in(dataset_of(text)) if p.field == key}


def test_a_very_long_value_is_shown_cut(dataset_of):
    (problem,) = problems_in(dataset_of(MEASURE.replace('"law"', f'"{"x" * 500}"')))

    assert len(problem.message) < 250
    assert "x…" in problem.message


@pytest.mark.parametrize("day", ["2031-13", "October", "2031-06-31"])
def test_a_day_in_quotes_that_is_no_month_is_told(dataset_of, day):
    path = dataset_of(MILESTONE.replace("on = 2031-06-01", f'on = "{day}"'))

    assert told(path) == [
        at(path, f'on = "{day}"') + f": [[milestone]] flood, on: "
        f'“{day}” is not a date such as 2025-10-26 or a month such as "2025-10"'
    ]


@pytest.mark.parametrize("day", ["2031-06-01", "2026-01-26"])
def test_a_whole_date_in_quotes_is_told_to_stand_without(dataset_of, day):
    path = dataset_of(MILESTONE.replace("on = 2031-06-01", f'on = "{day}"'))

    assert told(path) == [
        at(path, f'on = "{day}"') + f": [[milestone]] flood, on: “{day}” must stand without "
        "quotation marks, as a whole date does"
    ]


def test_a_number_is_not_a_date(dataset_of):
    path = dataset_of(
        '[[round]]\nid = "q"\nname = "Q"\nmeeting = "talks"\nstarts = 0\nends = 86400\n'
        'summary = "s"\nsources = ["gazette"]\n'
    )

    assert {problem.field for problem in problems_in(path)} == {"starts", "ends"}


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_a_value_is_a_finite_number(dataset_of, number):
    path = dataset_of(FIGURE.replace("number = 10", f"number = {number}"))

    assert [problem.field for problem in problems_in(path)] == ["value 1, number"]


def test_a_record_has_a_name(dataset_of):
    path = dataset_of(ISSUE.replace('"Bells"', '" "'))

    assert [problem.field for problem in problems_in(path)] == ["name"]


# What shows only when records are compared


def the_only(path):
    (problem,) = problems_in(path)
    message = "; ".join(filter(None, (problem.message, said_hint(problem))))
    return f"{problem.record}, {problem.field}: {message}"


def test_a_citation_of_an_unknown_source_names_the_nearest_one(dataset_of):
    path = dataset_of(ISSUE.replace('["gazette"]', '["gazete"]'))

    assert told(path) == [
        at(path, 'sources = ["gazete"]') + ": [[issue]] bells, sources 1: "
        "there is no source “gazete”; did you mean “gazette”?"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            QUOTE.replace('"marlow"', '"marlowe"'),
            "[[quote]] swim, speaker: there is no delegate “marlowe”; did you mean “marlow”?",
        ),
        (
            QUOTE + 'round = "zzz"\n',
            "[[quote]] swim, round: there is no round “zzz”",
        ),
        (
            MEASURE + 'answers = ["ropes"]\n',
            "[[measure]] rope, answers 1: there is no measure “ropes”; did you mean “rope”?",
        ),
        (
            POINT + '[[point.account]]\ndelegation = "easter"\nstance = "affirms"\n'
            'on = 2031-05-02\nsources = ["gazette"]\n',
            (
                "[[point]] bell, account 1, delegation: there is no delegation “easter”; "
                "did you mean “east”?"
            ),
        ),
        (
            FIGURE + '[[figure.value.part]]\nname = "x"\nnumber = 10\nmeasure = "rope"\n',
            "[[figure]] east-fare, value 1, part 1, measure: there is no measure “rope”",
        ),
        (
            QUOTE + '[[quote.variant]]\ntext = "We can all swim"\nsources = ["nowhere"]\n',
            "[[quote]] swim, variant 1, sources 1: there is no source “nowhere”",
        ),
        (
            CONFLICT.replace("round:jetty", "round:jety") + VERSIONS,
            "[[conflict]] depth, about 1: there is no round “jety”; did you mean “jetty”?",
        ),
        (
            CONFLICT.replace("round:jetty", "jetty") + VERSIONS,
            "[[conflict]] depth, about 1: “jetty” is not a reference such as issue:rare-earths",
        ),
    ],
)
def test_a_reference_to_nothing_is_told_where_it_stands(dataset_of, text, expected):
    assert the_only(dataset_of(text)) == expected


def test_an_id_that_is_no_slug_is_told(dataset_of):
    for odd in ("Bells", "bells_2", "be lls", "bells-", "-bells", "glöck"):
        assert the_only(dataset_of(ISSUE.replace('"bells"', f'"{odd}"'))) == (
            f"[[issue]] {odd}, id: must be lower-case letters, digits and hyphens, "
            "such as rare-earths"
        )


def test_an_id_given_twice_is_told_at_the_second(dataset_of):
    path = dataset_of(ISSUE.replace('"bells"', '"fares"'))

    (problem,) = problems_in(path)

    first, second = lines_of(path, 'id = "fares"')
    assert problem.line == second
    assert problem.message == f"another issue has the id “fares”, on line {first}"


def test_one_id_in_two_kinds_is_no_problem(dataset_of):
    path = dataset_of(MILESTONE.replace('"flood"', '"fares"'))

    assert dataset.load(path, cached=False).dataset.milestones


def test_a_former_id_that_another_has_is_told(dataset_of):
    path = dataset_of(ISSUE + 'formerly = ["fares"]\n')
    line = line_of(path, 'id = "fares"')
    assert the_only(path) == (
        f"[[issue]] bells, formerly: another issue has the id “fares”, on line {line}"
    )


def test_a_round_number_given_twice_is_told_at_both(dataset_of):
    second = (
        '[[round]]\nid = "quay"\nname = "Quay"\nnumber = "4"\nmeeting = "talks"\n'
        'starts = 2031-06-01\nends = 2031-06-01\nsummary = "s"\nsources = ["gazette"]\n'
    )
    path = dataset_of(second + second.replace("quay", "pier"))

    found = [(p.record, p.field, p.message) for p in problems_in(path)]

    assert found == [
        ("[[round]] quay", "number", "another round, “pier”, has the number 4"),
        ("[[round]] pier", "number", "another round, “quay”, has the number 4"),
    ]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (ISSUE.replace('sources = ["gazette"]\n', ""), "[[issue]] bells"),
        (ISSUE.replace('["gazette"]', "[]"), "[[issue]] bells"),
        (
            ISSUE + '[[issue.status]]\non = 2031-05-01\nstate = "raised"\ntext = "t"\n',
            "[[issue]] bells, status 1",
        ),
        (
            CONFLICT + VERSIONS + '[[conflict.version]]\ntext = "Dry."\n',
            "[[conflict]] depth, version 3",
        ),
        (QUOTE + '[[quote.variant]]\ntext = "We swam"\n', "[[quote]] swim, variant 1"),
    ],
)
def test_a_statement_without_source_is_told(dataset_of, text, where):
    assert the_only(dataset_of(text)) == (
        f"{where}, sources: is missing or empty; every statement rests on one source at least"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                '[[round]]\nid = "q"\nname = "Q"\nmeeting = "talks"\nstarts = 2031-06-02\n'
                'ends = 2031-06-01\nsummary = "s"\nsources = ["gazette"]\n'
            ),
            "[[round]] q, ends: ends before it starts",
        ),
        (
            (
                '[[round]]\nid = "q"\nname = "Q"\nmeeting = "talks"\nstarts = 2031-06-02\n'
                'ends = 2031-06-02\nannounced = 2031-06-03\nsummary = "s"\nsources = ["gazette"]\n'
            ),
            "[[round]] q, starts: is announced only after it starts",
        ),
        (
            MILESTONE + "announced = 2031-06-02\n",
            (
                "[[milestone]] flood, on: is before it was announced; what came out only later has "
                "`known`"
            ),
        ),
        (
            QUOTE + "said = 2031-05-04\n",
            "[[quote]] swim, published: is published before it was said",
        ),
        (
            (
                '[[delegate]]\nid = "d"\nname = "D"\nshort = "D"\nsources = ["gazette"]\n'
                '[[delegate.role]]\ntitle = "T"\nsince = 2031-05-01\nuntil = "2031-04"\n'
                'sources = ["gazette"]\n'
            ),
            "[[delegate]] d, role 1, until: ends before it begins",
        ),
        (
            MEASURE + '[[measure.step]]\non = 2031-05-01\nuntil = 2031-04-01\nstage = "suspended"\n'
            'text = "t"\nsources = ["gazette"]\n',
            "[[measure]] rope, step 1, until: is due to end before it begins",
        ),
    ],
)
def test_dates_in_the_wrong_order_are_told(dataset_of, text, expected):
    assert the_only(dataset_of(text)) == expected


def test_a_milestone_of_the_month_in_which_it_was_announced_is_in_order(dataset_of):
    text = MILESTONE.replace("on = 2031-06-01", 'on = "2031-06"\nannounced = 2031-06-20')

    assert dataset.load(dataset_of(text), cached=False).dataset.milestones


@pytest.mark.parametrize(
    ("known", "step", "expected"),
    [
        ("2031-06-05", "on = 2031-05-04", "2031-05-04"),
        ("2031-05-05", "on = 2031-04-01\nknown = 2031-05-04", "2031-05-04"),
        ("2031-06-01", 'on = "2031-05"', "2031-05-31"),
        ("2031-05-04", "on = 2031-05-04", ""),
        ("2031-05-04", "on = 2031-04-01\nknown = 2031-05-04", ""),
        ("2031-05-04", "on = 2031-06-01", ""),
    ],
)
def test_a_measure_known_only_after_its_first_step_is_told(dataset_of, known, step, expected):
    more = '\nstage = "announced"\ntext = "t"\nsources = ["gazette"]\n'
    later = f"[[measure.step]]\non = 2031-06-20{more}"
    text = f"{MEASURE}known = {known}\n[[measure.step]]\n{step}{more}{later}"
    if not expected:
        assert dataset.load(dataset_of(text), cached=False).dataset.measures
        return
    assert the_only(dataset_of(text)) == (
        f"[[measure]] rope, known: is after {expected}, when its step 1 was public; "
        "give it the earlier day"
    )


def test_a_record_that_ends_before_it_begins_is_told(dataset_of):
    path = dataset_of()
    text = path.read_text("utf-8").replace("began = 2031-01-01", "began = 2032-01-01")
    path.write_text(text, "utf-8")

    assert told(path) == [
        "ferry.toml:6: [negotiation], record_ends: the record ends before it begins"
    ]


def test_a_month_is_neither_before_nor_after_a_day_within_it(dataset_of):
    text = (
        QUOTE + 'said = "2031-05"\n'
        '[[delegate]]\nid = "d"\nname = "D"\nshort = "D"\nsources = ["gazette"]\n'
        '[[delegate.role]]\ntitle = "T"\nsince = 2031-05-20\nuntil = "2031-05"\n'
        'sources = ["gazette"]\n'
    )

    assert dataset.load(dataset_of(text), cached=False).dataset.quotes


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (QUOTE.replace("2031-05-03", "2032-01-01"), "published"),
        (ISSUE + "known = 2032-01-01\n", "known"),
        (MILESTONE.replace("2031-06-01", "2032-02-01") + 'announced = "2032"\n', "announced"),
        (
            ISSUE + '[[issue.status]]\non = 2032-01-01\nstate = "raised"\ntext = "t"\n'
            'sources = ["gazette"]\n',
            "status 1, on",
        ),
        (
            POINT + '[[point.evidence]]\non = "2032-01"\ntext = "t"\nsources = ["gazette"]\n',
            "evidence 1, on",
        ),
        (
            (
                '[[round]]\nid = "q"\nname = "Q"\nmeeting = "talks"\nstarts = 2031-12-31\n'
                'ends = 2031-12-31\nsummary = "s"\nsources = ["gazette"]\n'
                '[[round.outcome]]\non = 2032-01-01\ntext = "t"\nsources = ["gazette"]\n'
            ),
            "outcome 1, on",
        ),
    ],
)
def test_what_became_known_after_the_record_ends_is_told(dataset_of, text, field):
    (problem,) = problems_in(dataset_of(text))

    assert problem.field == field
    assert problem.message == "lies after the record ends on 2031-12-31"


def test_an_event_announced_within_the_record_may_lie_after_it(dataset_of):
    path = dataset_of(MILESTONE.replace("2031-06-01", "2032-06-01") + "announced = 2031-12-31\n")

    assert dataset.load(path, cached=False).dataset.milestones


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (MILESTONE.replace("2031-06-01", "2032-06-01"), "on"),
        (
            (
                '[[round]]\nid = "q"\nname = "Q"\nmeeting = "talks"\nstarts = 2032-01-02\n'
                'ends = 2032-01-02\nsummary = "s"\nsources = ["gazette"]\n'
            ),
            "starts",
        ),
    ],
)
def test_what_lies_ahead_says_since_when_it_was_public(dataset_of, text, field):
    (problem,) = problems_in(dataset_of(text))

    assert problem.field == field
    assert problem.message == (
        "lies after the record ends on 2031-12-31; "
        "say with `known` or `announced` since when it was public"
    )


def test_a_round_is_not_planned_for_a_day_before_it_was_announced(dataset_of):
    text = (
        '[[round]]\nid = "q"\nname = "Q"\nmeeting = "talks"\nstarts = 2031-12-20\n'
        'ends = 2031-12-20\nannounced = 2031-12-10\nplanned = 2031-12-01\nsummary = "s"\n'
        'sources = ["gazette"]\n'
    )
    (problem,) = problems_in(dataset_of(text))

    assert problem.field == "planned"
    assert problem.message == "was planned for a day before it was announced"


def test_silence_needs_the_document_that_is_silent(dataset_of):
    text = POINT + (
        '[[point.account]]\ndelegation = "east"\nstance = "silent"\non = 2031-05-02\n'
        'sources = ["gazette"]\n'
    )

    assert the_only(dataset_of(text)) == (
        "[[point]] bell, account 1, document: is needed with “silent”: "
        "name the document that says nothing of it"
    )
    assert dataset.load(dataset_of(text + 'document = "gazette"\n'), cached=False).dataset.points


def test_the_translator_of_a_translation_may_be_unknown(dataset_of):
    text = QUOTE.replace('"verbatim"', '"translation"')

    assert dataset.load(dataset_of(text), cached=False).dataset.quotes


POSITION = """
[[issue.position]]
delegations = ["east"]
on = 2031-02-01
text = "Half fares."
sources = ["gazette"]
"""
COALITION = """
[[delegation]]
id = "banks"
name = "The banks"
short = "Banks"
type = "coalition"
sources = ["gazette"]
"""
MEMBER = """
[[delegation.member]]
sources = ["gazette"]
"""


@pytest.mark.parametrize(
    ("position", "problem"),
    [
        (
            POSITION.replace('["east"]', "[]"),
            "delegations: is empty; name who holds the position",
        ),
        (
            POSITION + 'stance = "red line"',
            "stance: is a red line only where words draw it: give them as `words`, or a `quote`",
        ),
        (
            POSITION + "count = 1",
            "count: must be more than the delegations named; leave it out when all of them are",
        ),
        (
            POSITION + "divided = true",
            "divided: is for a coalition, and none holds this position",
        ),
        (
            POSITION + 'departs_from = "east"',
            "departs_from: must name a coalition, and “east” is none",
        ),
        (
            POSITION + 'stance = "shrugs"',
            (
                'stance: "shrugs" is not one of red line, demand, preference, open, opposed; '
                "[negotiation.stances] may name it"
            ),
        ),
    ],
)
def test_a_position_says_who_holds_it_and_how(dataset_of, position, problem):
    assert the_only(dataset_of(ISSUE + position)) == f"[[issue]] bells, position 1, {problem}"


def test_a_red_line_is_drawn_by_words_or_a_quote(dataset_of):
    drawn = (
        POSITION + 'stance = "red line"\nwords = "Not a penny more."\n',
        POSITION + 'stance = "red line"\nquote = "swim"\n',
    )

    issues = dataset.load(dataset_of(ISSUE + "".join(drawn) + QUOTE), cached=False).dataset.issues

    assert [position.stance for position in issues[-1].positions] == ["red line", "red line"]


@pytest.mark.parametrize(
    ("member", "problem"),
    [
        (
            MEMBER,
            "member 1: needs either the id of its `delegation` or, when it is none, its `name`",
        ),
        (
            MEMBER + 'delegation = "east"\nname = "East"',
            "member 1: needs either the id of its `delegation` or, when it is none, its `name`",
        ),
        (MEMBER + 'delegation = "banks"', "member 1, delegation: names the coalition itself"),
    ],
)
def test_a_member_of_a_coalition_is_named_once(dataset_of, member, problem):
    assert the_only(dataset_of(COALITION + member)) == f"[[delegation]] banks, {problem}"


def test_members_belong_to_a_coalition(dataset_of):
    text = COALITION.replace("coalition", "state") + MEMBER + 'name = "The isle"'

    assert the_only(dataset_of(text)) == (
        "[[delegation]] banks, member: belong to a coalition, and its type is “state”"
    )


def test_a_negotiation_has_words_of_its_own(dataset_of):
    own = '[negotiation.states]\nbracketed = "disputed"\n'
    status = '[[issue.status]]\non = 2031-02-01\nstate = "bracketed"\ntext = "t"\n'
    status += 'sources = ["gazette"]\n'
    path = dataset_of(ISSUE + status, negotiation=NEGOTIATION + own)

    whole = dataset.load(path, cached=False).dataset

    assert whole.negotiation.meaning("state", "bracketed") == "disputed"
    assert whole.negotiation.meaning("state", "agreed") == "agreed"


def test_a_built_in_word_keeps_its_meaning(dataset_of):
    own = '[negotiation.states]\nagreed = "disputed"\n'

    assert the_only(dataset_of(negotiation=NEGOTIATION + own)) == (
        "[negotiation], states: “agreed” is built in, and keeps its meaning"
    )


def test_a_speaker_needs_a_role_on_the_day(dataset_of):
    late = (
        '[[delegate]]\nid = "late"\nname = "Lou Late"\nshort = "Late"\nsources = ["gazette"]\n'
        '[[delegate.role]]\ntitle = "T"\nsince = 2031-05-04\nsources = ["gazette"]\n'
    )
    text = late + QUOTE.replace('"marlow"', '"late"')

    assert the_only(dataset_of(text)) == (
        "[[quote]] swim, speaker: Lou Late speaks on 2031-05-03, before any role is given"
    )
    assert dataset.load(dataset_of(text.replace("05-04", "05-03")), cached=False).dataset.quotes


def test_an_office_speaks_without_a_role(dataset_of):
    office = (
        '[[delegate]]\nid = "quay"\nname = "Quay"\nshort = "Quay"\noffice = true\n'
        'sources = ["gazette"]\n'
    )

    path = dataset_of(office + QUOTE.replace('"marlow"', '"quay"'))

    assert dataset.load(path, cached=False).dataset.quotes


def part(name, number):
    return f'[[figure.value.part]]\nname = "{name}"\nnumber = {number}\n'


def test_the_parts_of_a_value_in_force_must_add_up_and_those_of_a_claim_need_not(dataset_of):
    text = FIGURE + part("a", 4) + part("b", 5)
    claim = text.replace('"in force"', '"claim"')

    assert the_only(dataset_of(text)) == (
        "[[figure]] east-fare, value 1, number: is 10, but its parts add to 9"
    )
    assert dataset.load(dataset_of(claim), cached=False).dataset.figures


def test_parts_may_miss_the_number_by_a_rounding_error(dataset_of):
    parts = "".join(part(name, 0.1) for name in "abc")
    path = dataset_of(FIGURE.replace("number = 10", "number = 0.3") + parts)

    assert dataset.load(path, cached=False).dataset.figures


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            "up_to = 9",
            "value 1, up_to: must be more than `number`, the lower end of the range",
        ),
        (
            'up_to = 12\nat = "most"',
            "value 1, at: “most” and a range with `up_to` do not go together",
        ),
        (
            "due = 2031-05-01",
            'value 1, due: is for a target or a demand, and this is "in force"',
        ),
        (
            "starts = 2031-03-01\ndue = 2031-02-01",
            "value 1, due: is due before it starts",
        ),
        ("until = 2031-01-01", "value 1, until: is due to end before it begins"),
        ("dropped = 2031-01-01", "value 1, dropped: is taken back before it was public"),
        ("percent = 10", "value 1, percent: “percent” is now written number"),
    ],
)
def test_the_keys_of_a_value_go_together(dataset_of, keys, message):
    standing = "target" if "starts" in keys else "in force"
    text = FIGURE.replace('standing = "in force"', f'standing = "{standing}"\n{keys}')

    assert the_only(dataset_of(text)) == f"[[figure]] east-fare, {message}"


def test_a_count_is_not_taken_back(dataset_of):
    text = FIGURE.replace('"in force"', '"counted"\ndropped = 2031-03-01')

    assert "a count or a claim stays" in the_only(dataset_of(text))


def test_a_target_may_count_from_after_the_record_ends(dataset_of):
    text = FIGURE.replace('"in force"', '"target"\nstarts = 2033-01-01\ndue = 2033-12-31')

    assert dataset.load(dataset_of(text), cached=False).dataset.figures


def test_the_line_of_a_fault_in_a_part_is_its_own(dataset_of):
    values = FIGURE + part("a", 4) + part("b", "true")
    later = values + FIGURE[FIGURE.index("[[figure.value]]") :] + part("c", 10)
    path = dataset_of(later)

    (problem,) = problems_in(path)
    assert problem.field == "value 1, part 2, number"
    assert path.read_text("utf-8").splitlines()[problem.line - 1] == "number = true"


def test_a_table_of_rates_is_told_what_it_is_now(dataset_of):
    path = dataset_of('[[rate]]\nid = "ten"\npercent = 10\nsources = ["gazette"]\n')

    (problem,) = problems_in(path)
    assert problem.message.startswith("“rate” is now written [[figure]], with a [[figure.value]]")
    assert path.read_text("utf-8").splitlines()[problem.line - 1] == "[[rate]]"


def test_a_conflict_about_a_rate_is_told_to_name_a_figure(dataset_of):
    text = CONFLICT.replace("round:jetty", "rate:ten") + VERSIONS

    assert the_only(dataset_of(text)).endswith("there is no rate any more; name a figure")


@pytest.mark.parametrize(
    ("keys", "told_of"),
    [
        (
            'archived = { address = "file:///etc/passwd", on = 2031-02-01 }',
            "archived, address: cannot be opened: only http and https addresses are opened",
        ),
        (
            'archived = { address = "https://gazette.example/1", on = 2031-02-01 }',
            "archived, address: is that of the page itself; a copy lies elsewhere",
        ),
        (
            'archived = { address = "https://archive.example/1", on = 2031-01-02 }',
            "archived, on: is before the page was published (2031-01-03)",
        ),
        (
            'archived = { address = "https://archive.example/1" }',
            "archived, on: “on” is missing",
        ),
        (
            'archived = { address = "https://archive.example/1", on = 2031-02-01T10:00:00 }',
            "archived, on: must be a date such as 2025-10-26, without quotes; found 2031-02-01T10",
        ),
        (
            'archived = { adress = "https://archive.example/1", on = 2031-02-01 }',
            "archived, adress: unknown key “adress”; did you mean “address”?",
        ),
        ('archived = "https://archive.example/1"', "archived: must be a table"),
        ("checked = 2031-01-02", "checked: is before the page was published"),
        ('delegation = "nobody"', "delegation: there is no delegation “nobody”"),
    ],
)
def test_what_is_wrong_with_a_copy_or_its_day_is_told(dataset_of, keys, told_of):
    page = 'address = "https://gazette.example/1"\npublished = 2031-01-03'
    path = dataset_of(source=BASE["source"] + f"{page}\n{keys}\n")

    assert any(f"gazette, {told_of}" in problem for problem in told(path))


def test_a_copy_of_a_page_may_stand_in_a_table_of_its_own(dataset_of):
    copy = '[source.archived]\naddress = "https://archive.example/1"\non = 2031-02-01\n'
    path = dataset_of(source=f"{BASE['source']}checked = 2031-03-01\n\n{copy}")
    (page,) = dataset.load(path, cached=False).dataset.sources

    assert page.archived == Archive(address="https://archive.example/1", on=date(2031, 2, 1))
    assert page.checked == date(2031, 3, 1)


def test_an_address_that_no_browser_may_be_given_is_told(dataset_of):
    path = dataset_of()
    text = path.read_text("utf-8").replace(
        'type = "press"', 'type = "press"\naddress = "javascript:alert(1)"'
    )
    path.write_text(text, "utf-8")

    assert the_only(path) == (
        "[[source]] gazette, address: cannot be opened: only http and https addresses are opened"
    )


def test_a_conflict_needs_two_versions(dataset_of):
    for versions in ("", VERSIONS.partition("\n\n")[0]):
        assert the_only(dataset_of(CONFLICT + versions)).endswith(
            "a conflict needs two versions or more" if versions else "“version” is missing"
        )


# All of them at once


def test_every_problem_is_told_at_once_in_the_order_of_the_files(dataset_of):
    path = dataset_of(
        ISSUE.replace('"Bells"', "3")
        + QUOTE.replace('"marlow"', '"nobody"')
        + MILESTONE.replace('["gazette"]', "[]")
        + 'colour = "red"\n'
        + POINT.replace("2031-05-02", '"soon"')
        + "[[vessel]]\n",
        folder=True,
    )

    kinds = ", ".join(KINDS)

    assert told(path) == [
        "more.toml:4: [[issue]] bells, name: must be text, in quotes; found 3",
        "more.toml:11: [[quote]] swim, speaker: there is no delegate “nobody”",
        (
            "more.toml:23: [[milestone]] flood, colour: unknown key “colour”; known are "
            "id, name, on, type, announced, text, move, result, issues, round, formerly, "
            "known, sources"
        ),
        (
            "more.toml:29: [[point]] bell, on: “soon” is not a date such as 2025-10-26 or a month "
            'such as "2025-10"'
        ),
        f"more.toml:33: unknown table “vessel”; known are {kinds}",
    ]


def test_a_reference_to_a_faulty_record_is_not_a_problem_of_its_own(dataset_of):
    path = dataset_of(QUOTE + 'issues = ["bells"]\n' + ISSUE.replace('name = "Bells"\n', ""))

    assert the_only(path) == "[[issue]] bells, name: “name” is missing"


def test_a_source_cited_by_a_faulty_record_is_not_a_problem_of_its_own(dataset_of):
    path = dataset_of(
        '[[source]]\nid = "tale"\npublisher = "P"\ntitle = "T"\ntype = "press"\n'
        + ISSUE.replace('["gazette"]', '["tale"]').replace('name = "Bells"\n', "")
    )

    assert the_only(path) == "[[issue]] bells, name: “name” is missing"


@pytest.mark.parametrize(
    "text", [r'"a\nb" = 1', ISSUE.replace('"bells"', r'"bells\nferry.toml:1: no problem"')]
)
def test_a_problem_is_told_on_one_line(dataset_of, text):
    for problem in told(dataset_of(text, folder=True)):
        assert "\n" not in problem


def test_nothing_in_a_message_can_make_a_terminal_act(dataset_of):
    path = dataset_of(r'"a\u001b[31m" = "\u202e"', folder=True)

    (problem,) = told(path)

    assert "unknown table “a␛[31m”" in problem
    assert "\x1b" not in problem


# The error itself


def test_the_error_says_how_many_problems_there_are_and_then_each(dataset_of):
    path = dataset_of("[[vessel]]\n[[ship]]\n", folder=True)

    with pytest.raises(ExplorerError) as caught:
        dataset.load(path, cached=False)

    first, *lines = str(caught.value).splitlines()
    assert first == f"2 problems in {path}"
    assert lines == [line for problem in caught.value.problems for line in problem.lines()]
    assert (caught.value.title, caught.value.exit_code) == ("The dataset has problems", 1)


def test_a_problem_as_data_has_its_parts_and_is_made_again_of_them():
    problem = Problem(
        file=Path("f.toml"),
        line=3,
        column=6,
        end_line=3,
        end_column=9,
        record="[[issue]] x",
        field="on",
        message="no",
        hint="yes",
        suggestion='"2031-05"',
        check="date",
        count=2,
        others=(Spot(Path("g.toml"), 5, 6),),
        source="on = 205",
    )

    data = json.loads(json.dumps(problem.as_data()))

    assert data == {
        "file": "f.toml",
        "line": 3,
        "column": 6,
        "end_line": 3,
        "end_column": 9,
        "record": "[[issue]] x",
        "field": "on",
        "message": "no",
        "hint": "yes",
        "suggestion": '"2031-05"',
        "check": "date",
        "severity": "error",
        "count": 2,
        "others": [{"file": "g.toml", "line": 5, "column": 6}],
        "source": "on = 205",
        "source_column": 1,
    }
    assert Problem.of_data(data) == problem


# The shipped dataset as a reader meets it


def test_every_shipped_statement_rests_on_a_source(shipped_view):
    for record in shipped_view.index.dataset.records():
        parts = [record, *(entry for _, _, entry in entries(record))]
        for part in parts:
            # A clause rests on the sources of its text.
            if (
                record.kind != "source"
                and hasattr(part, "source_ids")
                and not isinstance(part, Clause)
            ):
                assert part.source_ids, record.ref


def test_the_shipped_dataset_is_found_from_anywhere(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    assert (dataset.shipped() / "negotiation.toml").is_file()


def test_a_name_stands_on_one_line(dataset_of):
    path = dataset_of(
        '[[issue]]\nid = "b"\nname = "Bells\\nropes"\nsummary = "s"\nsources = ["gazette"]\n'
    )

    with pytest.raises(dataset.DatasetError) as caught:
        dataset.load(path, cached=False)

    assert "name must stand on one line" in str(caught.value)


@pytest.mark.parametrize(
    ("to", "message"),
    [
        (("2031-06-01",), "says 2031-06-01, the day that was set already; a move sets another"),
        (
            ("2031-09-01", "2031-09-01"),
            "says 2031-09-01, the day that was set already; a move sets another",
        ),
    ],
)
def test_a_move_to_the_day_that_was_set_is_a_problem(dataset_of, to, message):
    moves = "".join(
        f'[[milestone.move]]\non = 2031-04-0{n}\nto = {day}\ntext = "t"\nsources = ["gazette"]\n'
        for n, day in enumerate(to, 1)
    )

    (problem,) = problems_in(dataset_of(MILESTONE + moves))

    assert (problem.field, problem.message) == (f"move {len(to)}, to", message)


def test_a_key_of_an_earlier_form_is_told_what_it_is_called_now(dataset_of):
    text = '[[point]]\nid = "p"\n[[point.evidence]]\ndelivered = true\n'

    messages = [problem.message for problem in problems_in(dataset_of(text))]

    assert '“delivered” is now written shows = "carried out"' in messages
