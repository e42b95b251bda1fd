"""What keeps a file from being TOML, in words, at the place where it begins."""

from __future__ import annotations

import textwrap

import pytest

from explorer import dataset
from explorer.dataset.mistakes.around import read_around

NEGOTIATION = """\
[negotiation]
id = "ferry"
name = "Ferry talks"
summary = "Two banks and a ferry."
began = 2031-01-01
record_ends = 2031-12-31
sources = ["gazette"]

[[source]]
id = "gazette"
publisher = "Gazette"
title = "T"
published = 2031-05-02
type = "primary"
"""
BEFORE = '[[quote]]\nid = "one"\n'
AFTER = 'form = "verbatim"\nsources = ["gazette"]\n\n[[quote]]\nid = "two"\ntext = """Said."""\n'
"""What stands before a mistake and after it: the mistake is in line 3 of the file."""

TABLE = [
    # what is written, what is marked, what is said of it, what would be right
    ('text = "abc', '"abc', 'begins here with " is not closed', 'end it with "'),
    ("text = 'abc", "'abc", "begins here with ' is not closed", "end it with '"),
    ('text = """abc\nmore', '"""', 'begins here with """ is not closed', 'end it with """'),
    ('text = """\nabc\n', '"""', 'begins here with """ is not closed', "it runs on to line"),
    ("text = '''abc\nmore", "'''", "begins here with ''' is not closed", "end it with '''"),
    ('text = "line one\nline two"', '"line one', 'with " is not closed', 'put """ around'),
    ('text = "ends in \\"', '"ends in \\"', "is not closed", "write \\\\ for a backslash"),
    ('text = "hello”', '"hello”', "is not closed", 'it ends in ”; write "'),
    ("text = \"x'", "\"x'", "is not closed", "it ends in '; write \""),
    ('sources = ["a", "b]', '"b]', 'with " is not closed', 'end it with "'),
    ('sources = ["a", "b"', "[", "the list that begins here is not closed", "end it with ]"),
    ('sources = ["a",\n  "b",', "[", "is not closed", "end it with ] after line 4"),
    ('sources = [["a"]', "[", "the list that begins here is not closed", "end it with ]"),
    ('states = { a = "b"', "{", "the inline table that begins here is not closed", "with }"),
    ('sources = ["a" "b"]', '"b"', "a comma is missing between two items", "write , before"),
    ('sources = [\n  "a"\n  "b"\n]', '"b"', "a comma is missing between two items", "write ,"),
    ('sources = ["a",, "b"]', ",", "nothing stands before this comma", "take one comma away"),
    ('sources = ["a"; "b"]', ";", "between items stand commas", "write ,"),
    ('sources = ["a"]]', "]", "there is one ] too many", "nothing is open"),
    ('sources = ["a"}', "}", "this list is closed with }", "write ]"),
    ('sources = ("a", "b")', '("a", "b")', "a list stands in [brackets]", '["one", "two"]'),
    ("sources = [gazette]", "gazette", "text stands in quotation marks", 'write "gazette"'),
    ('sources = [“a”, "b"]', "“a”", "“ is a typographic quotation mark", 'write "a"'),
    ('states = { a = "b" c = "d" }', 'c = "d"', "a comma is missing between two keys", "write ,"),
    ('states = { a: "b" }', ":", "stands =, and no :", "write ="),
    ('states = { a "b" }', '"b"', "= is missing between a key and its value", "write ="),
    ('states = { a = "b", a = "c" }', None, "“a” is given twice between these braces", "keep one"),
    ('text "x"', 'text "x"', "= is missing between the key and its value", 'write text = "x"'),
    ('text: "x"', 'text: "x"', "between a key and its value stands =, and no", 'write text = "x"'),
    (
        'text := "x"',
        'text := "x"',
        "between a key and its value stands =, and no",
        'write text = "x"',
    ),
    ('text == "x"', '= "x"', "= alone stands between", "take the = away"),
    ('text => "x"', '> "x"', "= alone stands between", "take the > away"),
    ("text =", "text", "“text” has no value", 'such as text = "…"'),
    ("text = # later", "text", "“text” has no value", 'such as text = "…"'),
    ('= "x"', "=", "a key is missing before this =", "such as"),
    ("text = hello", "hello", "text stands in quotation marks", 'write "hello"'),
    ("text = hello world # c", "hello world", "text stands in quotation", 'write "hello world"'),
    ('text = abc"', 'abc"', "the quotation mark at the beginning is missing", 'write "abc"'),
    ("text = “hello”", "“hello”", "“ is a typographic quotation mark", 'write "hello"'),
    ("text = „hello“", "„hello“", "„ is a typographic quotation mark", 'write "hello"'),
    ("text = «hello»", "«hello»", "« is a typographic quotation mark", 'write "hello"'),
    ("text = `hello`", "`hello`", "` is a typographic quotation mark", 'write "hello"'),
    ('id = "again"', "id", "“id” is given a second time; the first is in line 2", "new [[quote]]"),
    ('a.b = 1\na.b = "x"', "a.b", "“a.b” is given a second time", "each key once"),
    ("[quote]", "[quote]", "[quote] and [[quote]] do not go together", "write [[quote]] each"),
    ("[[quote]", "[[quote]", "[[ at its beginning and ] at its end", "write [[quote]]"),
    ("[quote]]", "[quote]]", "[ at its beginning and ]] at its end", "write [[quote]]"),
    ("[[quote", "[[quote", "[[ at its beginning and nothing at its end", "write [[quote]]"),
    ("[[quote]]]", "]", "the header has one ] too many", "alone on its line"),
    ("[[quote]] x", " x", "nothing may stand beside a header but a comment", "alone on its line"),
    ("[[]]", "[[]]", "the header names no table", "such as [[quote]]"),
    ("[[my quote]]", "[[my quote]]", "“my quote” is no name for a table", "[[my-quote]]"),
    ("[round]\nx = 1\n[round]", "[round]", "[round] stands here a second time", "[[round]] for"),
    ("on = 2031-02-30", "2031-02-30", "February 2031 has 28 days", "a day of the month"),
    ("on = 2031-02-00", "2031-02-00", "February 2031 has 28 days", "a day of the month"),
    ("on = 2031-13-01", "2031-13-01", "there is no month 13", "write 2031-01-13"),
    ("on = 2031-14-15", "2031-14-15", "there is no month 14", "year-month-day"),
    ("on = 2031-1-5", "2031-1-5", "is not written as a date", "write 2031-01-05"),
    ("on = 2031/10/26", "2031/10/26", "is not written as a date", "write 2031-10-26"),
    ("on = 26.10.2031", "26.10.2031", "is not written as a date", "write 2031-10-26"),
    ("on = 10/26/2031", "10/26/2031", "is not written as a date", "write 2031-10-26"),
    ("on = 10/11/2031", "10/11/2031", "is not written as a date", "year-month-day"),
    ("on = 26 October 2031", "26 October 2031", "is not written as a date", "write 2031-10-26"),
    ("on = Oct 26, 2031", "Oct 26, 2031", "is not written as a date", "write 2031-10-26"),
    ("on = Sept 26, 2031", "Sept 26, 2031", "text stands in quotation marks", "write"),
    ("on = May 2031", "May 2031", "is not written as a date", 'write "2031-05"'),
    ("on = 31 June 2031", "31 June 2031", "is not written as a date", "year-month-day"),
    ("on = 2031-10", "2031-10", "a month without a day stands in quotation", 'write "2031-10"'),
    ("on = 2031-10-26T25:00:00", None, "is no date", "write 2031-10-26"),
    ("described = True", "True", "True is no value in TOML", "write true"),
    ("described = no", "no", "no is no value in TOML", "write false"),
    ("described = null", "null", "TOML has no null", "left out, key and all"),
    ("number = 007", "007", "a number does not begin with 0", "write 7"),
    ("number = 1,5", "1,5", "the decimal sign in TOML is a point", "write 1.5"),
    ("number = 1,000,000", "1,000,000", "numbers have no commas", "write 1000000"),
    ("number = .5", ".5", "digits on both sides of its point", "write 0.5"),
    ("number = 5.", "5.", "digits on both sides of its point", "write 5.0"),
    ("number = 1_000_", "1_000_", "_ stands only between two digits", "write 1000"),
    ("number = 10%", "10%", "10% is neither a number nor text", 'write 10, or "10%"'),
    ("number = 5 tonnes", "5 tonnes", "is neither a number nor text", "write 5, or"),
    (r'text = "C:\docs"', r"\d", r"\d means nothing", "'single quotes'"),
    (r'text = "C:\Users\x"', r"\U", r"\U stands before the 8 digits", "for a backslash"),
    (r'text = "\uZZZZ"', r"\u", r"\u stands before the 4 digits", "for a backslash"),
    ('text = "a\x01b"', "\x01", "an invisible character stands here", "take it out"),
    ('text = "a\x00b"', "\x00", "control character, U+0000", "take it out"),
    ('text\xa0= "x"', "\xa0", "no-break space, U+00A0", "write an ordinary space"),
    ('\u200btext = "x"', "\u200b", "zero width space, U+200B", "write an ordinary space"),
    ('text ＝ "x"', "＝", "＝ is no sign of TOML", "write ="),
    ("my key = 1", "my key", "a key is one word", "in quotation marks"),
    ("clé = 1", "clé", "a key has only letters from a to z", "in quotation marks"),
    ('“text” = "x"', "“text”", "without quotation marks, or in straight ones", 'write "'),
    ('text = "a",', ",", "a , does not stand between keys", "a line of its own"),
    ("number = 1;", ";", "a ; does not stand between keys", "a line of its own"),
    ('text = "a" where = "b"', 'where = "b"', "a second key stands on this line", "of its own"),
    ("number = 1 up_to = 2", "up_to = 2", "a second key stands on this line", "of its own"),
    ('text = "a" + "b"', '+ "b"', "a value is one text", "in brackets"),
    ('text = "a" // why', "// why", "a comment begins with #", "write # why"),
    ('text = """a""" b', "b", "something stands behind the end of the value", "as a comment"),
    ('text = "He said "yes""', None, 'the text ends at its second "', 'write \\" within'),
    ("text = 'don't'", "'don't'", "the text ends at its second '", '"double quotation marks"'),
    ("// a comment", "// a comment", "a comment begins with #", "write # a comment"),
    ("/* a comment */", "/* a comment */", "a comment begins with #", "write # a comment"),
    ("- one", "- one", "a list stands in brackets behind a key", "such as sources"),
    ("]", "]", "nothing is open that this could close", "take it away"),
    ("word", "word", "this has no = and no value", "a comment begins with #"),
    ("Just some words.", None, "neither a header nor a key with a value", "three quotation marks"),
    ("---", "---", "this looks like YAML", "such as [[quote]]"),
    ("<p>", "<p>", "this looks like a web page", "such as [[quote]]"),
    ('{ "id": "x" }', None, "this looks like JSON", "such as id"),
    (
        '<<<<<<< mine\ntext = "a"\n=======\ntext = "b"\n>>>>>>> theirs',
        "<<<<<<< mine",
        "a conflict that git could not settle",
        "keep one of the two versions",
    ),
]


@pytest.mark.parametrize(("written", "marked", "said", "right"), TABLE)
def test_each_mistake_is_said_in_words_where_it_begins_and_nothing_else_is_said(
    written, marked, said, right, tmp_path
):
    (tmp_path / "negotiation.toml").write_text(NEGOTIATION, "utf-8")
    file = tmp_path / "quotes.toml"
    text = f"{BEFORE}{written}\n{AFTER}"
    file.write_bytes(text.encode())

    with pytest.raises(dataset.DatasetError) as caught:
        dataset.load(tmp_path, cached=False)

    problems = [one for one in caught.value.problems if one.check == "toml"]
    (problem,) = problems
    assert said in problem.message
    assert right in problem.hint
    lines = text.split("\n")
    start, end = problem.column - 1, problem.end_column - 1
    if marked is not None and problem.line == problem.end_line:
        assert lines[problem.line - 1][start:end] == marked
    assert problem.source.strip() == lines[problem.line - 1].strip()
    # Nothing that stands elsewhere in the file is missed, nor said to be wrong because of it.
    others = {one.check for one in caught.value.problems} - {"toml"}
    assert others <= {"missing-key", "unknown-key", "unknown-table", "table-form"}
    assert not [one for one in caught.value.problems if "“one”" in one.message]


def test_there_are_more_than_sixty_kinds_of_mistakes():
    assert len(TABLE) > 60


def read(text):
    return read_around(textwrap.dedent(text))


def test_every_mistake_of_a_file_is_found_in_one_run():
    around = read(
        """\
        [[quote]]
        id = one
        text = "open
        on = 2031-1-5

        [[quote]
        id = "two"
        text = “lost with its record”

        [[quote]]
        id = "three"
        sources = ["a" "b"]
        """
    )

    assert [each.wrong.message for each in around.mistakes] == [
        "text stands in quotation marks",
        'the text that begins here with " is not closed',
        "2031-1-5 is not written as a date",
        "the header has [[ at its beginning and ] at its end",
        "a comma is missing between two items",
    ]
    assert around.document == {"quote": [{}, {"id": "three"}]}


def test_what_stands_below_a_broken_header_is_taken_for_no_other_record():
    around = read('[[quote]]\nid = "one"\n[[quote]\nid = "two"\n[[issue]]\nid = "three"\n')

    assert len(around.mistakes) == 1
    assert around.document == {"quote": [{"id": "one"}], "issue": [{"id": "three"}]}


def test_a_sound_text_has_no_mistake():
    assert read_around("a = 1\n").mistakes == []


@pytest.mark.parametrize(
    "value",
    [
        "[\n  1, # ]\n  2,\n]",
        '{\n  a = "}",\n  b = 2,\n}',
        '"""\n[[quote]]\nid = 1\n"""',
        "'''\n'' ' \"\"\"\n'''",
        '""""quoted" at its end"""""',
        '[["a"], ["b", [1, 2]]]',
        "'C:\\docs\\'",
        '"\\\\"',
        "2031-01-01T00:00:00Z",
    ],
)
def test_a_value_that_is_right_is_not_taken_for_the_mistake_below_it(value):
    (mistake,) = read_around(f"[[a]]\nb = {value}\nc = oops\n").mistakes

    assert mistake.wrong.suggestion == '"oops"'


def test_no_more_is_said_of_a_file_than_a_person_can_mend():
    around = read_around("= 1\n" * 500)

    assert len(around.mistakes) == 50
    assert around.document is None
