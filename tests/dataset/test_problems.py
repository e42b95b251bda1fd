"""How a problem is shown: its line, a mark under what is wrong, and where the same is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer import dataset
from explorer.dataset.problems import Problem, Spot, gathered
from explorer.text.cells import width

ISSUE = """
[[issue]]
id = "bells"
name = "Bells"
summary = "Who rings."
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
STATUS = """
[[issue.status]]
on = 2031-05-01
state = "raised"
text = "t"
sources = ["gazette"]
"""
POSITION = """
[[issue.position]]
delegations = ["east"]
on = 2031-05-01
text = "t"
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


def shown(line, column, end, width=60, **more):
    problem = Problem(
        file=Path("f.toml"),
        line=7,
        column=column,
        end_line=7,
        end_column=end,
        message="no",
        source=line,
        **more,
    )
    return problem.lines(width)


def under_the_mark(lines):
    """What stands above the mark, cell by cell."""
    mark = lines[2].index("^")
    marks = lines[2].count("^")
    cells = "".join(sign + "\0" * (width(sign) - 1) for sign in lines[1] if width(sign))
    return cells[mark : mark + marks].replace("\0", "")


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ('on = "soon"', '"soon"'),
        ('\ton = "soon"', '"soon"'),
        ('说 = "东西" # 票价', '"东西"'),
        ('name = "票价", to = "soon"', '"soon"'),
        ('e\u0301 = "soon"', '"soon"'),
        ('a = "\x1b[31m", b = "x"', '"x"'),
        ("x" * 300 + ' "soon" ' + "y" * 300, '"soon"'),
        ("票" * 100 + ' "soon" ' + "价" * 100, '"soon"'),
        ("on = " + "9" * 500, "9" * 500),
    ],
)
def test_the_mark_is_under_what_is_wrong_however_wide_the_signs_are(line, marked):
    start = line.index(marked)
    lines = shown(line, start + 1, start + 1 + len(marked))

    there = under_the_mark(lines)
    assert marked.startswith(there.rstrip("…")) if len(marked) > 60 else there == marked
    assert all(width(each) <= 60 for each in lines)
    assert "\x1b" not in "".join(lines)


def test_a_problem_of_a_whole_file_is_one_line():
    assert Problem(file=Path("f.toml"), message="it is odd").lines() == [
        "f.toml: error: it is odd [invalid]"
    ]


def test_what_runs_over_several_lines_is_marked_to_the_end_of_the_first():
    problem = Problem(
        file=Path("f.toml"),
        line=2,
        column=5,
        end_line=4,
        end_column=2,
        message="no",
        source='a = """one',
    )

    assert problem.lines()[1:3] == ['2 | a = """one', "  |     ^^^^^^"]


def test_what_would_be_right_stands_beside_the_mark_or_below_where_there_is_no_room():
    beside = shown("on = 3", 6, 7, hint="write 2031-05-01")
    below = shown("on = 3", 6, 7, hint="a day, a month or a year, " * 4)

    assert beside[2] == "  |      ^ write 2031-05-01"
    assert below[2] == "  |      ^"
    assert below[3].startswith("  = a day, a month")
    assert all(len(line) <= 60 for line in below)


def test_a_message_that_begins_with_a_verb_is_said_of_its_key():
    problem = Problem(file=Path("f.toml"), line=1, field="status 2, on", message="is too late")

    assert problem.lines()[0] == "f.toml:1: error: on is too late [invalid]"


def test_a_path_is_shown_from_where_one_is_and_whole_in_data(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    problem = Problem(file=tmp_path / "in" / "f.toml", message="m")

    assert problem.lines() == ["in/f.toml: error: m [invalid]"]
    assert problem.as_data()["file"] == str(tmp_path / "in" / "f.toml")


def test_one_missing_source_is_said_once_however_often_it_is_cited(dataset_of):
    lost = ISSUE.replace('"gazette"', '"lost", "gazette"')
    path = dataset_of("".join(lost.replace("bells", f"bells-{n}") for n in range(30)))

    (problem,) = problems_of(path)

    assert problem.message == "there is no source “lost”"
    assert (problem.count, len(problem.others)) == (30, 29)
    assert re.search(
        r"the same 30 times: also .*ferry\.toml:58, 64, 70, 76, 82 and 24 more",
        " ".join(problem.lines(200)),
    )


def test_one_unknown_key_in_many_tables_is_said_once(dataset_of):
    odd = ISSUE + 'gruop = "Sound"\n'
    path = dataset_of("".join(odd.replace("bells", f"bells-{n}") for n in range(4)))

    (problem,) = problems_of(path)

    assert (problem.check, problem.count) == ("unknown-key", 4)


def test_what_differs_stays_apart_and_the_order_is_that_of_the_files():
    def problem(line, message="m", check="unknown-id"):
        return Problem(file=Path("f"), line=line, column=1, message=message, check=check)

    found = gathered(
        [
            problem(9),
            problem(3),
            problem(5, "other"),
            problem(7),
            problem(4, check="day"),
            problem(8, check="day"),
        ]
    )

    assert [(each.line, each.count) for each in found] == [(3, 3), (4, 1), (5, 1), (8, 1)]
    assert found[0].others == (Spot(Path("f"), 7, 1), Spot(Path("f"), 9, 1))


def problems_of(path):
    with pytest.raises(dataset.DatasetError) as caught:
        dataset.load(path, cached=False)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "marked", "check", "right"),
    [
        (ISSUE + "gruop = 1\n", "gruop", "unknown-key", ("did you mean “group”?", "group")),
        (ISSUE + "'gruop' = 1\n", "'gruop'", "unknown-key", ("did you mean “group”?", "group")),
        (ISSUE + STATUS + "zzz = 1\n", "zzz", "unknown-key", ("known are", "")),
        ("[[isue]]\n", "[[isue]]", "unknown-table", ("did you mean “issue”?", "[[issue]]")),
        (ISSUE.replace('"Bells"', "7"), "7", "wrong-type", ('write "7"', '"7"')),
        (ISSUE.replace('["gazette"]', '"gazette"'), '"gazette"', "wrong-type", ("write [", None)),
        (ISSUE + STATUS.replace("[[", "[").replace("]]", "]"), None, "table-form", ("", "")),
        (ISSUE + 'status = "open"\n', '"open"', "table-form", ("", "")),
        (ISSUE.replace('"gazette"', '"gazete"'), '"gazete"', "unknown-id", ("“gazette”", None)),
        (ISSUE.replace('"gazette"', '"marlow"'), '"marlow"', "unknown-id", ("is a delegate", "")),
        (ISSUE.replace('"bells"', '"Bells 2"'), '"Bells 2"', "id-form", ("bells-2", '"bells-2"')),
        (ISSUE.replace('"bells"', '"fares"'), '"fares"', "id-twice", ("each has its own", "")),
        (ISSUE.replace('summary = "Who rings."\n', ""), "[[issue]]", "missing-key", ("write", "")),
        (
            ISSUE + STATUS.replace("2031-05-01", '"2031-05-01"'),
            '"2031-05-01"',
            "day",
            ("write", "2031-05-01"),
        ),
        (
            ISSUE + STATUS.replace("2031-05-01", '"1.5.2031"'),
            '"1.5.2031"',
            "day",
            ("write", "2031-05-01"),
        ),
        (
            ISSUE + STATUS.replace("2031-05-01", "2031-05-01T10:00:00"),
            "2031-05-01T10:00:00",
            "wrong-type",
            ("write", "2031-05-01"),
        ),
        (ISSUE + STATUS.replace("2031-05-01", "2031"), "2031", "wrong-type", ("", '"2031"')),
        (
            ISSUE + STATUS.replace("2031-05-01", '"1 May 2031"'),
            '"1 May 2031"',
            "day",
            ("write", "2031-05-01"),
        ),
        (
            ISSUE + STATUS.replace("2031-05-01", '"2031/05"'),
            '"2031/05"',
            "day",
            ("write", '"2031-05"'),
        ),
        (ISSUE + POSITION + 'divided = "no"\n', '"no"', "wrong-type", ("write", "false")),
        (ISSUE + POSITION + "divided = 1\n", "1", "wrong-type", ("", "")),
        (
            (ISSUE + POSITION).replace('"east"', '"East Bank"'),
            '"East Bank"',
            "unknown-id",
            ("did you mean “east”?", '"east"'),
        ),
        (
            ISSUE.replace('sources = ["gazette"]\n', ""),
            "[[issue]]",
            "is-sourced",
            ('write sources = ["…"]', ""),
        ),
        (ISSUE.replace("summary", "sumary"), "sumary", "unknown-key", ("“summary”", "summary")),
        (
            ISSUE + STATUS.replace('"raised"', '"raisd"'),
            '"raisd"',
            "unknown-word",
            ("“raised”", '"raised"'),
        ),
        (ISSUE + STATUS.replace("on =", "date ="), "date", "unknown-key", ("“on”", "on")),
        (QUOTE.replace("published =", "date ="), "date", "unknown-key", ("“published”", None)),
        (
            ISSUE + POSITION.replace("delegations", "by"),
            "by",
            "unknown-key",
            ("“delegations”", "delegations"),
        ),
        (
            ISSUE + POSITION.replace('delegations = ["east"]', 'delegation = "east"'),
            "delegation",
            "unknown-key",
            ("", "delegations"),
        ),
        (
            ISSUE + STATUS + 'related = ["fares"]\n',
            "related",
            "unknown-key",
            ("it is a key of [[issue]]", ""),
        ),
        (
            ISSUE + 'status = ["raised"]\n',
            '"raised"',
            "wrong-type",
            ("write [[issue.status]] above", ""),
        ),
        (QUOTE.replace("verbatim", "Verbatim"), '"Verbatim"', "unknown-word", ("“verbatim”", None)),
        (QUOTE.replace('"marlow"', '"Marlow"'), '"Marlow"', "unknown-id", ("“marlow”", '"marlow"')),
        (
            POINT + 'account = [{ delegation = "est", stance = "affirms", on = 2031-05-02, '
            'sources = ["gazette"] }]\n',
            '"est"',
            "unknown-id",
            ("did you mean “", None),
        ),
        (POINT.replace('["fares"]', "[]"), "[]", "points-belong-to-issues", ("", "")),
        (
            '[[source]]\nid = "x"\npublisher = "P"\ntitle = "T"\ntype = "press"\n'
            'address = "file:///etc/passwd"\n' + ISSUE.replace("gazette", "x"),
            '"file:///etc/passwd"',
            "addresses-can-be-opened",
            ("", ""),
        ),
        (
            '[[source]]\nid = "x"\npublisher = "P"\ntitle = "T"\ntype = "press"\n'
            'address = "gazette.example/1"\n' + ISSUE.replace("gazette", "x"),
            '"gazette.example/1"',
            "addresses-can-be-opened",
            ("write https", '"https://gazette.example/1"'),
        ),
    ],
)
def test_each_problem_is_marked_at_the_key_or_value_with_what_would_be_right(
    dataset_of, text, marked, check, right
):
    path = dataset_of(text)
    hint, suggestion = right

    (problem,) = problems_of(path)

    assert problem.check == check
    assert hint in problem.hint
    assert suggestion in (None, problem.suggestion)
    line = path.read_text("utf-8").split("\n")[problem.line - 1]
    assert problem.source == line
    if marked is not None:
        assert line[problem.column - 1 : problem.end_column - 1] == marked


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ('[[issues]]\nid = "bells"\n', "unknown-table"),
        (ISSUE.replace('"bells"', '"Bells"'), "id-form"),
        ("[issue]" + ISSUE.strip().removeprefix("[[issue]]") + "\n", "table-form"),
    ],
)
def test_who_names_a_record_in_which_something_else_is_wrong_is_not_wrong_too(
    dataset_of, wrong, check
):
    path = dataset_of(POINT.replace('"fares"', '"fares", "bells"'), folder=True)
    (path / "wrong.toml").write_text(wrong)

    assert [one.check for one in problems_of(path)] == [check]


def test_a_negotiation_in_two_brackets_keeps_its_own_words_known(dataset_of):
    path = dataset_of(ISSUE + STATUS.replace('"raised"', '"afloat"'))
    own = '[negotiation.states]\nafloat = "raised"\n\n[[source]]'
    written = path.read_text("utf-8").replace("[[source]]", own, 1)
    path.write_text(written.replace("[negotiation]", "[[negotiation]]"))

    (problem,) = problems_of(path)

    assert (problem.check, problem.line) == ("table-form", 1)


def test_a_key_below_the_words_of_the_negotiation_is_said_to_stand_too_low(dataset_of):
    path = dataset_of()
    low = '[negotiation.states]\nafloat = "raised"\nrules = ["One."]\n\n[[source]]'
    path.write_text(path.read_text("utf-8").replace("[[source]]", low, 1))

    (problem,) = problems_of(path)

    assert problem.message == (
        "“rules” is a key of [negotiation], and stands below [negotiation.states]"
    )
    assert problem.source[problem.column - 1 : problem.end_column - 1] == "rules"


def test_a_word_whose_meaning_is_unknown_is_wrong_only_where_it_is_given_one(dataset_of):
    path = dataset_of(ISSUE + POSITION + 'stance = "firm"\n')
    own = '[negotiation.stances]\nfirm = "rather"\n\n[[source]]'
    path.write_text(path.read_text("utf-8").replace("[[source]]", own, 1))

    (problem,) = problems_of(path)

    assert problem.field == "stances, firm"


def test_an_entry_above_the_first_record_of_its_kind_is_said_to_be_what_is_in_the_way(dataset_of):
    path = dataset_of(STATUS + ISSUE, folder=True)
    (path / "base.toml").write_text(
        "\n".join(
            part for part in (path / "base.toml").read_text().split("\n\n") if "[[issue" not in part
        )
    )

    entry, record = problems_of(path)

    assert entry.check == "table-form"
    assert "below an entry of its own, the [[issue.status]] in line 2" in record.message
    assert record.hint == "move that one below the [[issue]] to which it belongs"


@pytest.mark.parametrize(
    ("text", "marked", "hint"),
    [
        ("[milestone]\nid = 'b'\n", "[milestone]", ""),
        ("[[milestone.move]]\non = 2031-05-01\n", "[[milestone.move]]", "above it"),
        ("milestone = 3\n", "3", ""),
        ("[[negotiation]]\n", "[[negotiation]]", ""),
    ],
)
def test_a_header_of_the_wrong_form_is_marked(dataset_of, text, marked, hint):
    path = dataset_of(text, folder=True)

    (problem,) = problems_of(path)

    assert problem.check == "table-form"
    assert hint in problem.hint
    assert problem.source[problem.column - 1 : problem.end_column - 1] == marked


def test_of_a_faulty_record_its_references_days_and_id_are_checked_in_the_same_run(dataset_of):
    wrong = (
        QUOTE.replace('"marlow"', '"marlowe"').replace("swim", "swim") + 'said = "2031-05-03"\n'
        'colour = 1\n[[quote.variant]]\ntext = "x"\nsources = ["gazete"]\n'
    )

    found = {(one.check, one.field) for one in problems_of(dataset_of(wrong + wrong))}

    assert found == {
        ("unknown-key", "colour"),
        ("unknown-id", "speaker"),
        ("unknown-id", "variant 1, sources 1"),
        ("day", "said"),
        ("id-twice", "id"),
    }


def test_mistakes_in_several_files_and_problems_of_others_come_in_one_run(dataset_of):
    path = dataset_of(ISSUE + "gruop = 1\n", folder=True)
    (path / "a.toml").write_text('[[issue]]\nid = "a"\nname = oops\nsources = ["gazette"]\n')
    (path / "b.toml").write_text('[[milestone]]\nid = "b\nissues = ["a", "zzz"]\n' + QUOTE)

    found = [(one.file.name, one.line, one.check) for one in problems_of(path)]

    assert found == [
        ("a.toml", 3, "toml"),
        ("b.toml", 2, "toml"),
        ("b.toml", 3, "unknown-id"),
        ("more.toml", 7, "unknown-key"),
    ]


def test_what_stands_in_a_file_that_cannot_be_read_is_not_missed(dataset_of):
    path = dataset_of(ISSUE.replace('"gazette"', '"lost"'), folder=True)
    (path / "sources.toml").write_bytes('[[source]]\nid = "lost"\n'.encode("utf-16"))

    assert [one.check for one in problems_of(path)] == ["encoding"]


def test_who_names_a_record_whose_id_cannot_be_read_is_not_wrong(dataset_of):
    path = dataset_of(QUOTE.replace('"marlow"', '"oar"'), folder=True)
    (path / "people.toml").write_text('[[delegate]]\nid = "oar\nname = "Oar"\n')
    assert [one.check for one in problems_of(path)] == ["toml"]

    (path / "people.toml").write_text('[[delegate]]\nid =\nname = "Oar"\n')
    assert [one.check for one in problems_of(path)] == ["toml"]


@pytest.mark.parametrize(
    ("data", "said", "line"),
    [
        ("[[a]]".encode("utf-16"), "it is not UTF-8 text but UTF-16", 0),
        (("[[issue]]\n" * 9).encode("utf-16-le"), "it is not UTF-8 text but UTF-16", 0),
        (bytes(range(128, 256)) * 50, "it is no text", 0),
        (b"# a\n# \xe9t\xe9\n", "it is not UTF-8 text", 2),
        (b"# a\r# b\r", "its lines end in carriage returns alone", 0),
    ],
)
def test_what_is_no_utf8_text_is_called_what_it_is(dataset_of, data, said, line):
    path = dataset_of(folder=True)
    (path / "more.toml").write_bytes(data)

    (problem,) = problems_of(path)

    assert (problem.message, problem.line, problem.check) == (said, line, "encoding")


def test_more_problems_than_anybody_reads_are_counted_and_not_sought(dataset_of, monkeypatch):
    from explorer.dataset import validate

    monkeypatch.setattr(validate, "MOST", 3)
    path = dataset_of("".join(f"[[issue]]\nid = {n}\n" for n in range(40)))

    with pytest.raises(dataset.DatasetError) as caught:
        dataset.load(path, cached=False)

    assert caught.value.problems[-1].check == "too-many"
    assert re.match(r"\d\d+ problems in ", str(caught.value))
