"""Every record as a line of JSON."""

from __future__ import annotations

import json

from tests.exports.asking import scoped, text_of, view_of

from explorer.exports import json_lines
from explorer.record.tables import as_data


def lines(view, **how):
    return [json.loads(line) for line in text_of(view, "jsonl", **how).splitlines()]


def test_every_record_is_a_line_with_its_kind_and_the_keys_of_its_file(view):
    first, *others = lines(view)
    records = list(view.index.dataset.records())

    assert first["kind"] == "export"
    assert first["as_of"] == view.as_of.isoformat()
    assert [other["ref"] for other in others] == [str(record.ref) for record in records]
    assert others[-1] == {
        "ref": str(records[-1].ref),
        "kind": records[-1].kind,
        **as_data(records[-1]),
    }


def test_a_line_ends_where_a_record_does_whatever_it_says(dataset_of):
    said = "a\\nb\\u2028c"
    view = view_of(
        dataset_of(
            f'[[milestone]]\nid = "m"\nname = "M"\non = 2031-02-01\ntext = "{said}"\n'
            'sources = ["gazette"]\n'
        )
    )
    text = text_of(view, "jsonl")

    assert text.isascii() or "\u2028" not in text
    assert [json.loads(line)["kind"] for line in text.splitlines()].count("milestone") == 1


def test_a_scope_narrows_it_and_is_named_in_the_first_line(view):
    first, *others = lines(scoped(view, "issue:tolls"))

    assert first["scope"] == ["issue:tolls"]
    assert [o["id"] for o in others if o["kind"] == "issue"] == ["tolls"]
    quotes = [o for o in others if o["kind"] == "quote"]
    assert quotes
    assert all("tolls" in quote["issues"] for quote in quotes)


def test_it_is_known_again_by_its_first_line(view):
    assert json_lines.is_ours(text_of(view, "jsonl").encode())
    assert not json_lines.is_ours(b'{"kind": "export"}\n')
