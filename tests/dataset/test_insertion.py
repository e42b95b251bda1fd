"""Tables put into TOML files: nothing else in them changes, however they are written."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import HARBOUR, examples

from explorer.dataset.bundled import bundled
from explorer.dataset.insertion import CannotAddError, New, TomlFile
from explorer.record.model import Ref

TALKS = Ref("issue", "talks")

STATUS = {
    "text": 'They met.\nAnd parted “friends”, said "she".',
    "state": "agreed",
    "on": date(2031, 2, 3),
    "known": "2031-02",
    "sources": ["gazette", "post"],
}


def added(text, *, key="status", values=STATUS, ref=TALKS):
    """What a file reads like with an entry more."""
    file = TomlFile("talks.toml", text.encode())
    file.add_entry(ref, key, values)
    return file.data.decode()


def only_added(before: bytes, after: bytes) -> bytes:
    """What stands in the new bytes and not in the old ones, which must all be there in order."""
    start = 0
    while start < len(before) and before[start] == after[start]:
        start += 1
    rest = len(before) - start
    assert after[len(after) - rest :] == before[start:], "a byte that was there has changed"
    return after[start : len(after) - rest]


# An entry


def test_an_entry_comes_behind_the_last_of_its_kind_within_its_record():
    assert added(
        """\
# Matters on the table

[[issue]]   # the first
id = "talks"
summary = "What it is about."

# How it began
[[issue.status]]
sources = ["gazette"]
on = 2031-01-02
state = "raised"
text = "It begins."  # more to come
# to be checked

[[issue.position]]
on = 2031-01-05

# The other one

[[issue]]
id = "fares"
"""
    ) == (
        """\
# Matters on the table

[[issue]]   # the first
id = "talks"
summary = "What it is about."

# How it began
[[issue.status]]
sources = ["gazette"]
on = 2031-01-02
state = "raised"
text = "It begins."  # more to come
# to be checked

[[issue.status]]
known = "2031-02"
sources = ["gazette", "post"]
on = 2031-02-03
state = "agreed"
text = \"\"\"
They met.
And parted “friends”, said \\"she\\".\"\"\"

[[issue.position]]
on = 2031-01-05

# The other one

[[issue]]
id = "fares"
"""
    )


def test_the_first_entry_of_its_kind_comes_behind_the_record_and_what_is_within_it():
    text = '[[issue]]\nid = "talks"\n\n[[issue.position]]\non = 2031-01-05\n\n'
    others = '# Next\n[[issue]]\nid = "b"\n'
    assert added(text + others, values={"on": date(2031, 2, 3)}) == (
        f"{text}[[issue.status]]\non = 2031-02-03\n\n{others}"
    )


def test_what_looks_like_a_header_within_words_is_none():
    text = '[[issue]]\nid = "talks"\nsummary = """\n[[issue]]\nid = "fares"\n"""\n'
    assert added(text).startswith(text)


def test_lines_that_end_as_on_windows_go_on_ending_so():
    text = '[[issue]]\r\nid = "talks"\r\n\r\n[[issue.status]]\r\non = 2031-01-02\r\n'
    new = added(text)
    assert new.startswith(text)
    assert new.count("\n") == new.count("\r\n")


def test_a_last_line_without_an_end_gets_one():
    text = '[[issue]]\nid = "talks"\n[[issue.status]]\non = 2031-01-02'
    new = added(text, values={"on": date(2031, 2, 3)})
    assert new == f"{text}\n[[issue.status]]\non = 2031-02-03\n"


def test_it_is_indented_and_wrapped_as_its_neighbours_are():
    text = """\
[[issue]]
id = "talks"

  [[issue.status]]
    sources = [
      "gazette", # seen
      "post",
    ]
    on = 2031-01-02
"""
    new = added(text, values={"on": date(2031, 2, 3), "sources": ["post", "gazette"]})
    assert new == (
        text
        + """
  [[issue.status]]
    sources = [
      "post",
      "gazette",
    ]
    on = 2031-02-03
"""
    )


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("status = []", 'status = [{ on = 2031-02-03, state = "agreed" }]'),
        (
            "status = [{on = 2031-01-02}] # so far",
            'status = [{on = 2031-01-02}, { on = 2031-02-03, state = "agreed" }] # so far',
        ),
        (
            "status = [\n  {on = 2031-01-02}, # first\n  # none yet\n]",
            """status = [
  {on = 2031-01-02}, # first
  { on = 2031-02-03, state = "agreed" },
  # none yet
]""",
        ),
        (
            "status = [\n  {on = 2031-01-02} # first\n]",
            'status = [\n  {on = 2031-01-02}, # first\n  { on = 2031-02-03, state = "agreed" }\n]',
        ),
    ],
)
def test_a_list_within_brackets_goes_on_within_them(written, becomes):
    text = f'[[issue]]\nid = "talks"\n{written}\n'
    new = added(text, values={"state": "agreed", "on": date(2031, 2, 3)})
    assert new == f'[[issue]]\nid = "talks"\n{becomes}\n'


def test_quoted_and_spaced_headers_are_headers():
    text = '[[ "issue" ]]\nid = "talks"\n[[issue . "status"]]\non = 2031-01-02\n\n[[quote]]\n'
    new = added(text, values={"on": date(2031, 2, 3)})
    assert new.index("2031-02-03") < new.index("[[quote]]")


def test_what_cannot_be_put_in_is_refused_in_a_sentence():
    with pytest.raises(CannotAddError, match="in a way that nothing"):
        added('issue = [{ id = "talks" }]\n')
    with pytest.raises(CannotAddError, match="is no list of tables"):
        added('[[issue]]\nid = "talks"\nstatus = "open"\n')
    with pytest.raises(CannotAddError, match="is not valid TOML"):
        added('[[issue]\nid = "talks"\n')


# A record


def test_a_record_comes_last_where_its_kind_lives_and_in_a_file_of_many_behind_its_own():
    text = """\
[[issue]]
id = "a"

[[issue.status]]
on = 2031-01-02

# People

[[delegate]]
id = "b"

# the end
"""
    file = TomlFile("talks.toml", text.encode())
    file.add_record("issue", {"name": "C", "id": "c"})
    assert file.data.decode() == text.replace(
        "# People", '[[issue]]\nid = "c"\nname = "C"\n\n# People'
    )
    file.add_record("delegate", {"id": "d"})
    assert file.data.decode().endswith('# the end\n\n[[delegate]]\nid = "d"\n')


def test_an_issue_comes_behind_those_of_its_group():
    text = "".join(f'[[issue]]\nid = "{i}"\ngroup = "{g}"\n\n' for i, g in ("aX", "bX", "cY"))
    file = TomlFile("talks.toml", text.encode())
    file.add_record("issue", {"id": "d", "group": "X"})
    assert [table["id"] for table in file.tables["issue"]] == ["a", "b", "d", "c"]


def test_tables_within_a_record_follow_it():
    file = TomlFile("talks.toml", b"# Figures\n")
    file.add_record(
        "figure",
        {
            "value": [{"part": [{"number": 1, "name": "p"}], "number": 1.5}],
            "id": "f",
            "total": True,
        },
    )
    assert file.data.decode() == (
        '# Figures\n\n[[figure]]\nid = "f"\ntotal = true\n\n[[figure.value]]\nnumber = 1.5\n\n'
        '[[figure.value.part]]\nname = "p"\nnumber = 1\n'
    )


# Whatever is added to whatever

_FILES = [
    file.read_bytes() for folder in (HARBOUR, *bundled().values()) for file in folder.glob("*.toml")
]
_RECORDS = [
    (data, Ref(kind, table["id"]))
    for data in _FILES
    for kind, tables in tomli.loads(data.decode()).items()
    for table in (tables if isinstance(tables, list) else [tables])
]
_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
_VALUES = st.dictionaries(
    st.sampled_from(["text", "words", "on", "known", "state", "sources", "count", "Ä key", "part"]),
    st.one_of(
        _WORDS,
        st.booleans(),
        st.integers(-(2**40), 2**40),
        st.floats(allow_nan=False, allow_infinity=False),
        st.dates(),
        st.lists(_WORDS, max_size=4),
        st.lists(
            st.dictionaries(st.sampled_from(["name", "number"]), _WORDS, min_size=1),
            min_size=1,
            max_size=2,
        ),
    ),
    min_size=1,
)


@settings(max_examples=examples(40, 500))
@given(
    of=st.sampled_from(_RECORDS),
    key=st.sampled_from(["status", "position", "step", "account", "move"]),
    values=_VALUES,
    windows=st.booleans(),
    cut=st.booleans(),
)
def test_all_other_bytes_stay_and_the_file_says_what_it_said_and_what_was_added(
    of, key, values, windows, cut
):
    data, ref = of
    data = data.replace(b"\n", b"\r\n") if windows else data
    data = data.rstrip() if cut else data
    before = tomli.loads(data.decode())
    file = TomlFile("any.toml", data)
    file.add_entry(ref, key, deepcopy(values))
    only_added(data, file.data)
    after = tomli.loads(file.data.decode())
    tables = after[ref.kind] if isinstance(after[ref.kind], list) else [after[ref.kind]]
    (record,) = [table for table in tables if table["id"] == ref.id]
    assert record[key].pop() == values
    if not record[key]:
        del record[key]
    assert after == before


@settings(max_examples=examples(40, 500))
@given(tables=st.lists(_VALUES, min_size=1, max_size=3), values=_VALUES)
def test_a_record_is_added_to_tables_that_a_program_wrote(tables, values):
    data = tomli_w.dumps({"quote": [{"id": str(n), **table} for n, table in enumerate(tables)]})
    file = TomlFile("any.toml", data.encode())
    try:
        file.add_record("quote", values)
    except CannotAddError:
        assert "quote = [" in data  # a list within brackets, of a form that is not known
        return
    only_added(data.encode(), file.data)
    after = tomli.loads(file.data.decode())["quote"]
    assert after.pop() == values
    assert after == tomli.loads(data)["quote"]


_PLAIN = st.dictionaries(
    st.sampled_from(["text", "name", "remark"]), st.sampled_from(["a", "b\nc", "“ä”"]), min_size=1
)


@settings(max_examples=examples(15, 500))
@given(
    of=st.sampled_from(_RECORDS),
    entries=st.lists(st.tuples(st.sampled_from(["status", "position"]), _PLAIN), max_size=3),
    records=st.lists(_PLAIN, min_size=1, max_size=3),
    cut=st.booleans(),
)
def test_many_tables_are_put_in_at_once_as_one_by_one(of, entries, records, cut):
    data, ref = of
    data = data.rstrip() if cut else data
    one_by_one, at_once = TomlFile("any.toml", data), TomlFile("any.toml", data)
    for key, values in entries:
        one_by_one.add_entry(ref, key, values)
    for kind in (ref.kind, "quote"):
        for number, values in enumerate(records):
            if isinstance(one_by_one.tables.get(kind, []), list):
                one_by_one.add_record(kind, {"id": f"{kind}-{number}", **values})
    new = [
        New(None, kind, {"id": f"{kind}-{number}", **values})
        for kind in (ref.kind, "quote")
        for number, values in enumerate(records)
        if isinstance(at_once.tables.get(kind, []), list)
    ]
    at_once.add_many([*new, *(New(ref, key, values) for key, values in entries)])
    assert at_once.tables == one_by_one.tables
    lines = iter(at_once.data.splitlines())
    assert all(line in lines for line in data.splitlines())  # each is there, in their order
