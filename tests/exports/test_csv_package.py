"""The folder of tables: Frictionless finds it valid, and no cell of it acts in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import warnings
from dataclasses import replace
from datetime import date

import pytest
from tests.exports.asking import (
    CONFERENCE,
    HOSTILE,
    of_records,
    ran,
    rows,
    scoped,
    text_of,
    view_of,
    write,
)

from explorer import dataset
from explorer.exports import csv_package, csv_table
from explorer.exports.exported import Exported
from explorer.notes import Words
from explorer.opening import read
from explorer.record.model import FigureValue, Ref
from explorer.transfer.formats.csv_notes import unguarded


def checked(folder):
    """What Frictionless says of it; only when it is valid."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own affairs
        from frictionless import Package

        found = Package(str(folder / "datapackage.json")).validate()
    assert found.valid, found.flatten(["name", "rowNumber", "fieldName", "type", "message"])
    return {task.name: task.stats for task in found.tasks}


def test_the_program_that_people_type_finds_it_valid(view, tmp_path):
    folder = write(view, "csv", tmp_path / "talks")

    assert json.loads(ran("frictionless", "validate", folder / "datapackage.json", "--json"))[
        "valid"
    ]


@pytest.mark.parametrize("name", ["conference", "us-china-trade", "iran-nuclear-talks"])
def test_frictionless_finds_every_table_valid_with_its_keys(tmp_path, name):
    view = view_of({"conference": CONFERENCE, **dataset.bundled()}[name])

    found = checked(write(view, "csv", tmp_path / "talks"))

    assert found["quotes"]["rows"] == len(view.index.dataset.quotes)
    assert found["records"]["rows"] == len(list(view.index.dataset.records()))


@pytest.mark.parametrize("day", [date(2031, 3, 4)])
def test_an_earlier_day_is_valid_too_and_has_fewer_rows(view, tmp_path, day):
    then = write(view.at(day), "csv", tmp_path / "then")

    checked(then)
    assert len(rows(then / "citations.csv")) < len(
        rows(write(view, "csv", tmp_path / "now") / "citations.csv")
    )


def test_frictionless_would_say_that_a_key_leads_nowhere(view, tmp_path):
    folder = write(view, "csv", tmp_path / "talks")
    links = folder / "links" / "quote_issues.csv"
    links.write_text(f"{links.read_text()}nobody,nothing,1\n")

    with pytest.raises(AssertionError, match="foreign-key"):
        checked(folder)


def test_kinds_without_records_are_tables_with_their_heads_alone(dataset_of, tmp_path):
    folder = write(view_of(dataset_of()), "csv", tmp_path / "talks")

    checked(folder)
    assert rows(folder / "measures.csv") == []
    assert (folder / "measures.csv").read_text().startswith("id,name,delegation_id,act,")


def test_the_description_is_in_the_words_of_the_model(view, tmp_path):
    folder = write(view, "csv", tmp_path / "talks")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (quotes,) = (r for r in package["resources"] if r["name"] == "quotes")
    by_name = {field["name"]: field for field in quotes["schema"]["fields"]}

    assert package["title"] == view.index.dataset.negotiation.name
    assert "licenses" not in package  # for the dataset names none
    assert quotes["description"] == "Words said or written by a delegate."
    assert by_name["speaker_id"]["description"] == "The delegate or office whose words they are."
    assert by_name["form"]["constraints"]["enum"][0] == "verbatim"
    assert by_name["issue_ids"]["type"] == "array"
    assert {"fields": "speaker_id", "reference": {"resource": "delegates", "fields": "id"}} in (
        quotes["schema"]["foreignKeys"]
    )


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("CC-BY-4.0", {"name": "CC-BY-4.0"}),
        ("https://example.org/terms", {"path": "https://example.org/terms"}),
        ("For members only", {"name": "for-members-only", "title": "For members only"}),
    ],
)
def test_a_licence_stands_in_the_description_when_the_dataset_names_one(
    view, tmp_path, said, written
):
    negotiation = replace(view.index.dataset.negotiation, licence=said)
    folder = write(of_records(view, negotiation=negotiation), "csv", tmp_path / "talks")

    assert json.loads((folder / "datapackage.json").read_text("utf-8"))["licenses"] == [written]
    if "title" in written:
        checked(folder)


def hostile(view):
    quotes = [
        replace(view.index.dataset.quotes[0], id=f"hostile-{n}", text=text, remark='a\nb,"c"; d')
        for n, text in enumerate(HOSTILE)
    ]
    return of_records(view, quotes=(*view.index.dataset.quotes, *quotes))


def test_no_cell_of_text_can_be_a_formula_and_each_can_be_had_back(view, tmp_path):
    folder = write(hostile(view), "csv", tmp_path / "talks")
    cells = [row["text"] for row in rows(folder / "quotes.csv") if row["id"][:7] == "hostile"]

    checked(folder)
    assert [unguarded(cell) for cell in cells] == list(HOSTILE)
    for table in (*folder.glob("*.csv"), *folder.glob("links/*.csv")):
        for row in csv.reader(table.open(encoding="utf-8", newline="")):
            assert not any(cell.startswith(tuple("=+@\t\r＝＋－＠")) for cell in row)


def test_a_number_below_nought_stays_a_number(view, tmp_path):
    figure = view.index.dataset.figures[0]
    value: FigureValue = replace(figure.values[0], number=-2.5, up_to=-2.0, parts=())
    changed = of_records(view, figures=(replace(figure, values=(value,)),))
    folder = write(changed, "csv", tmp_path / "talks")

    (row,) = rows(folder / "figure_values.csv")
    assert (row["number"], row["up_to"]) == ("-2.5", "-2")


def test_the_same_record_makes_the_same_bytes_and_lines_end_alike_everywhere(view, tmp_path):
    one, two = (write(view, "csv", tmp_path / name) for name in ("one", "two"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())

    assert files == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    for name in files:
        assert (one / name).read_bytes() == (two / name).read_bytes()
        assert b"\r" not in (one / name).read_bytes()


def test_one_quote_more_is_a_line_more_where_it_belongs(view, tmp_path):
    quote = view.index.dataset.quotes[0]
    more = of_records(view, quotes=(*view.index.dataset.quotes, replace(quote, id="one-more")))
    one, two = write(view, "csv", tmp_path / "one"), write(more, "csv", tmp_path / "two")

    changed = [
        p.name
        for p in sorted(one.rglob("*.csv"))
        if p.read_bytes() != (two / p.relative_to(one)).read_bytes()
    ]
    assert {"quotes.csv", "records.csv", "citations.csv"} <= set(changed)
    assert all("quote" in name or name in ("records.csv", "citations.csv") for name in changed)
    before, after = ((f / "quotes.csv").read_text().splitlines() for f in (one, two))
    assert [line for line in after if line not in before] == [after[-1]]


@pytest.fixture
def with_own(tmp_path, harbour):
    """A view with a source that the reader added, a status on an issue, and a note."""
    from explorer.notes import NoteStore

    own = tmp_path / "overlays" / "harbour-talks"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(
        '[[source]]\nid = "my-post"\npublisher = "Post"\ntitle = "Mine"\ntype = "press"\n'
        'published = 2032-01-20\n\n[[issue]]\nid = "tolls"\n\n[[issue.status]]\n'
        'sources = ["my-post"]\non = 2032-01-20\nstate = "disputed"\ntext = "As I read it."\n',
        "utf-8",
    )
    notes = NoteStore(tmp_path / "notes", "harbour-talks")
    notes.save(Ref("issue", "tolls"), Words("=Mine. #watch"), name="Tolls", note=None)
    opened = read(harbour, tmp_path / "notes", None, overlays=tmp_path / "overlays")
    assert opened.view.index.additions.is_read
    return opened.view


def test_what_the_reader_added_is_marked_or_left_out(with_own, tmp_path):
    marked = write(with_own, "csv", tmp_path / "with")
    without = write(with_own, "csv", tmp_path / "without", with_own=False)

    for folder in (marked, without):
        checked(folder)
    (source,) = (r for r in rows(marked / "sources.csv") if r["id"] == "my-post")
    assert source["own"] == "true"
    assert [r["own"] for r in rows(marked / "issue_statuses.csv")].count("true") == 1
    assert not any("my-post" in p.read_text("utf-8") for p in without.rglob("*.csv"))
    assert "As I read it." not in (without / "issue_statuses.csv").read_text("utf-8")


@pytest.mark.parametrize("name", ["jsonl", "csl", "bib", "ris"])
@pytest.mark.parametrize("scope", [(), ("issue:tolls",)])
def test_in_other_formats_too(with_own, name, scope):
    view = scoped(with_own, *scope)

    assert "my-post" in text_of(view, name)
    assert "my-post" not in text_of(view, name, with_own=False)
    assert "added by the reader" in text_of(view, name) or '"own": true' in text_of(view, name)


def test_notes_go_along_only_when_they_are_asked_for(with_own, tmp_path):
    without = write(with_own, "csv", tmp_path / "without")
    along = write(with_own, "csv", tmp_path / "along", with_notes=True)

    assert not any("#watch" in p.read_text("utf-8") for p in without.rglob("*") if p.is_file())
    checked(along)
    (note,) = rows(along / "notes.csv")
    assert (note["ref"], note["text"], note["tags"]) == (
        "issue:tolls",
        "'=Mine. #watch",
        '["watch"]',
    )


def one_table(view, table):
    return list(csv.DictReader(io.StringIO("".join(csv_table.pieces(Exported(view, table=table))))))


def test_one_table_alone_is_the_one_in_the_folder(view, tmp_path):
    folder = write(view, "csv", tmp_path / "talks")

    assert one_table(view, "quotes") == rows(folder / "quotes.csv")
    assert one_table(view, "quote_issues") == rows(folder / "links" / "quote_issues.csv")


def test_one_table_may_be_of_a_scope(view):
    tolls = scoped(view, "issue:tolls")
    found = one_table(tolls, "quotes")

    assert 0 < len(found) < len(view.index.dataset.quotes)
    assert all("tolls" in row["issue_ids"] for row in found)
    assert [row["id"] for row in one_table(tolls, "issues")] == ["tolls"]


def test_what_a_folder_says_of_its_files_names_no_others(tmp_path):
    forged = {
        "made_by": "explorer",
        "resources": [{"path": "../victim.csv"}, {"path": "quotes.csv"}],
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(forged))

    assert csv_package.files_of(tmp_path) == ("quotes.csv", "datapackage.json")


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", '{"made_by": "explorer"}', "[" * 100_000, "{}"]
)
def test_a_folder_with_another_description_is_none_of_ours(tmp_path, text):
    (tmp_path / "datapackage.json").write_text(text)

    assert csv_package.files_of(tmp_path) is None
