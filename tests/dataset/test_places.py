"""Where in a file a record, a key or a value stands, to the character."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.dataset import places
from explorer.dataset.places import Origin, Places

FILE = Path("fares.toml")
TEXT = '''\
# Fares
[negotiation]
id = "ferry"
states = { raised = "open", "far off" = "é", deep.down = "x" }
[negotiation.stages]
tabled = "announced"

[[issue]]
id = "fares"
summary = """
[[issue]]
name = "within a text"
"""
"name" = "Fares 票价"
sources = [
  "gazette", # [[issue]]
  'bulletin',
]

[[issue.status]]
on = 2031-05-01
text = \'\'\'
[[issue.status]]
\'\'\'

[[issue.position]]
on = 2031-05-02

[[ "issue" . status ]]
on = 2031-06-01

[[quote]]
id = "swim"
a.b.c = "dotted"
variant = [ { text = "one" }, { text = "two", sources = ["x", "y"] } ]
table = {
  within = "several lines",
}

[[figure]]
id = "fare"
[[figure.value]]
on = 2031-01-01
[[figure.value.part]]
number = 1
[[figure.value.part]]
number = 2
[[figure.value]]
[[figure.value.part]]
number = 3

[[ issue ]]
\tid = "bells"
[[issue.status]]
on = 2031-07-01
'''


def found(kind, place, *path, text=TEXT, what="value"):
    """The line, and what is marked in the file."""
    at = Places({FILE: text.encode()}).where(Origin(FILE, place), kind, path, what)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    marked = lines[at["line"] - 1 : at["end_line"]]
    marked[-1] = marked[-1][: at["end_column"] - 1]
    marked[0] = marked[0][at["column"] - 1 :]
    return at["line"], "\n".join(marked)


@pytest.mark.parametrize(
    ("kind", "place", "path", "line", "marked"),
    [
        ("negotiation", 0, (), 2, "[negotiation]"),
        ("negotiation", 0, ("id",), 3, '"ferry"'),
        ("negotiation", 0, ("states", "raised"), 4, '"open"'),
        ("negotiation", 0, ("states", "far off"), 4, '"é"'),
        ("negotiation", 0, ("states", "deep", "down"), 4, '"x"'),
        ("negotiation", 0, ("stages", "tabled"), 6, '"announced"'),
        ("negotiation", 0, ("stages",), 5, "[negotiation.stages]"),
        ("issue", 0, (), 8, "[[issue]]"),
        ("issue", 0, ("id",), 9, '"fares"'),
        ("issue", 0, ("name",), 14, '"Fares 票价"'),
        ("issue", 0, ("summary",), 10, '"""\n[[issue]]\nname = "within a text"\n"""'),
        ("issue", 0, ("sources", 0), 16, '"gazette"'),
        ("issue", 0, ("sources", 1), 17, "'bulletin'"),
        ("issue", 0, ("status", 0), 20, "[[issue.status]]"),
        ("issue", 0, ("status", 0, "on"), 21, "2031-05-01"),
        ("issue", 0, ("status", 1), 29, '[[ "issue" . status ]]'),
        ("issue", 0, ("status", 1, "on"), 30, "2031-06-01"),
        ("issue", 0, ("position", 0, "on"), 27, "2031-05-02"),
        ("quote", 0, ("a", "b", "c"), 34, '"dotted"'),
        ("quote", 0, ("variant", 1), 35, '{ text = "two", sources = ["x", "y"] }'),
        ("quote", 0, ("variant", 1, "sources", 1), 35, '"y"'),
        ("quote", 0, ("table", "within"), 37, '"several lines"'),
        ("figure", 0, ("value", 0, "part", 1, "number"), 47, "2"),
        ("figure", 0, ("value", 1, "part", 0, "number"), 50, "3"),
        ("issue", 1, (), 52, "[[ issue ]]"),
        ("issue", 1, ("id",), 53, '"bells"'),
        ("issue", 1, ("status", 0, "on"), 55, "2031-07-01"),
    ],
)
def test_a_table_or_a_value_is_found_however_it_is_written(kind, place, path, line, marked):
    assert found(kind, place, *path) == (line, marked)


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        (("name",), '"name"'),
        (("status", 0, "on"), "on"),
        (("sources",), "sources"),
    ],
)
def test_a_key_is_marked_instead_of_its_value_when_it_is_what_is_wrong(path, marked):
    assert found("issue", 0, *path, what="key")[1] == marked


@pytest.mark.parametrize(
    ("kind", "path", "line", "marked"),
    [
        ("issue", ("group",), 8, "[[issue]]"),
        ("issue", ("text",), 8, "[[issue]]"),
        ("issue", ("status", 0, "state"), 20, "[[issue.status]]"),
        ("quote", ("variant", 0, "sources"), 35, '{ text = "one" }'),
        ("quote", ("variant", 7, "text"), 35, None),
        ("quote", ("a", "b"), 34, "a.b.c"),
        ("negotiation", ("acts",), 2, "[negotiation]"),
    ],
)
def test_what_is_missing_is_said_of_the_nearest_that_is_there(kind, path, line, marked):
    said, there = found(kind, 0, *path)

    assert said == line
    assert marked in (None, there)


@pytest.mark.parametrize(
    ("text", "kind", "path", "expected"),
    [
        ('issue = [{name = "a"}, {name = "b"}]\n', "issue", ("name",), (1, '"b"')),
        ("[[issue]]\n[[issue]]\nname_of = 1\nname = 2\n", "issue", ("name",), (4, "2")),
        ("issue = 3\n", "issue", (), (1, "3")),
        ("[issue]\nname = 2\n", "issue", (), (1, "[issue]")),
        ("[issue.status]\nname = 2\n", "issue", (), (1, "[issue.status]")),
        ("a = 1\n", "issue", (), None),
    ],
)
def test_what_is_written_in_an_unusual_way_is_found_too(text, kind, path, expected):
    if expected is None:
        assert Places({FILE: text.encode()}).where(Origin(FILE, 1), kind, path) == {}
    else:
        assert found(kind, 1, *path, text=text) == expected


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("begins", ["\ufeff", ""])
def test_lines_and_columns_are_those_that_an_editor_shows(begins, end):
    text = begins + TEXT.replace("\n", end)

    assert found("negotiation", 0, "states", "deep", "down", text=text) == (4, '"x"')
    assert found("issue", 1, "id", text=text) == (53, '"bells"')


@pytest.mark.parametrize("sign", ["\u2028", "\x85"])
def test_a_sign_that_toml_allows_within_a_line_does_not_end_it(sign):
    assert found("issue", 1, text=f'[[issue]]\nid = "a{sign}b"\n[[issue]]\n')[0] == 3


@pytest.mark.parametrize(
    "above", ['# """', """id = "three '''" """, "id = 'three " + '"' * 3 + "'"]
)
def test_quotes_in_a_comment_or_a_short_text_open_nothing(above):
    assert found("issue", 1, text=f"[[issue]]\n{above}\n[[issue]]\n") == (3, "[[issue]]")


def test_a_large_file_is_looked_through_in_pieces_that_are_cut_within_no_text(monkeypatch):
    monkeypatch.setattr(places, "_PIECE", 40)

    assert found("issue", 1, "status", 0, "on") == (55, "2031-07-01")
    assert found("issue", 0, "summary")[0] == 10


def test_a_problem_in_a_line_of_megabytes_shows_what_stands_about_it():
    text = "issue = [" + '{id = "a"}, ' * 100_000 + "]\n"
    at = Places({FILE: text.encode()}).where(Origin(FILE, 50_000), "issue", ("id",))

    assert (at["line"], at["column"]) == (1, 10 + 12 * 50_000 + 6)
    assert len(at["source"]) < 1_000
    first = at["column"] - at["source_column"]
    assert at["source"][first : first + 3] == '"a"'


def test_a_record_is_known_by_any_byte_of_it():
    in_file = Places({FILE: TEXT.encode()})

    assert in_file.record_at(FILE, TEXT.index("[[figure.value.part]]")) == ("figure", 0)
    assert in_file.record_at(FILE, TEXT.index('"bells"')) == ("issue", 1)
    assert in_file.record_at(FILE, TEXT.index('"open"')) == ("negotiation", 0)
    assert in_file.record_at(FILE, 0) is None
