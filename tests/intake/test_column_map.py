"""Which column is which field: by heads in several languages and by values, and as corrected."""

from __future__ import annotations

import pytest

from explorer.errors import UsageError
from explorer.intake import column_map, incoming, table_files, targets
from explorer.intake.column_map import UnknownKindError
from explorer.intake.record_names import RecordNames


@pytest.fixture
def guess(view):
    def guessed(text, kind="", name="table.csv"):
        file = incoming.understood(name, text.encode(), ".csv")
        return column_map.guessed(table_files.read(file), view, RecordNames(view), kind)

    return guessed


@pytest.mark.parametrize(
    ("text", "kind", "columns"),
    [
        (
            (
                "Zitat;Sprecher;Datum;Thema;Runde;Quelle;Medium;Überschrift;Notiz\n"
                "„Ja.“;Norén;1.6.2032;cranes;Tide Hall;https://a.example/1;Courier;Ja;x\n"
            ),
            "quote",
            "text speaker said issues round source.address source.publisher source.title ".split(),
        ),
        (
            (
                "Quote,Who,Date,Publication,URL,Headline,Form\n"
                "Yes.,Ben Okafor,2032-06-01,Courier,https://a.example/1,Yes,verbatim\n"
            ),
            "quote",
            "text speaker said source.publisher source.address source.title form".split(),
        ),
        (
            (
                "Citation,Orateur,Date,Sujet,Lien,Langue\n"
                "Oui.,Okafor,01/06/2032,cranes,https://a.example/1,français\n"
            ),
            "quote",
            "text speaker said issues source.address language".split(),
        ),
        (
            "Land;Thema;Seit;Forderung;Haltung;Beleg\nNorth;cranes;1.6.2032;Mehr.;offen;gazette\n",
            "position",
            "delegations within on text stance sources".split(),
        ),
        (
            (
                "Ereignis,Termin,Art,Beschreibung,Angekündigt am,Quelle\n"
                "Ende,1.9.2032,Frist,Dann.,1.6.2032,gazette-lantern\n"
            ),
            "milestone",
            "name on type text announced sources".split(),
        ),
        (
            (
                "Kennzahl;Stand vom;Wert;Status;Erläuterung;Quelle\n"
                "north-duty;1.6.2032;4,5;in Kraft;Neu.;gazette-lantern\n"
            ),
            "value",
            "within on number standing text sources".split(),
        ),
        (
            "Publication title,Title,Url,Date,Author\nCourier,Yes,https://a.example/1,2032,Moor\n",
            "source",
            "publisher title address published author".split(),
        ),
    ],
)
def test_heads_and_values_say_what_is_what(guess, text, kind, columns):
    found = guess(text)
    assert found.kind == kind
    assert [name for name in found.columns.values() if name] == columns


def test_heads_are_known_however_they_are_set(guess):
    rows = "a long quote that nobody said,Norén,2032-06-01,https://a.example/1\n"
    for heads in (
        "引语,发言人,日期,网址",
        "ZITAT*,Sprecher:in,Datum (gesagt),Quelle_URL",
        "text,speaker_id,said,source_address",
    ):
        found = guess(f"{heads}\n{rows}")
        assert (found.kind, [*found.columns.values()]) == (
            "quote",
            ["text", "speaker", "said", "source.address"],
        )


def test_a_column_without_a_word_for_it_is_known_by_what_is_in_it(guess):
    found = guess(
        "a,b,c,d\nNorén,2032-06-01,We lower them as soon as you do and no day before.,"
        "https://a.example/1\n",
        "quote",
    )
    assert found.columns == {"a": "speaker", "b": "said", "c": "text", "d": "source.address"}


def test_heads_that_say_nothing_are_not_guessed_at(guess):
    with pytest.raises(UnknownKindError, match="say with --as what the rows are"):
        guess("foo,bar\n1,2\n")


@pytest.mark.parametrize("name", ["measures.csv", "conflicts.csv", "talks/figures.csv"])
def test_a_file_whose_name_says_something_else_is_asked_about(guess, name):
    rows = "name,summary,on,text\nA,B,2032-06-01,C\n"
    with pytest.raises(UnknownKindError):
        guess(rows, name=name)
    assert guess(rows, "milestone", name=name).kind == "milestone"


def test_a_map_is_corrected_by_heads_and_fields_in_any_words(view, guess):
    file = incoming.understood("t.csv", b"Quote,Who,Extra\na,Nor\xc3\xa9n,b\n", ".csv")
    table = table_files.read(file)
    negotiation = view.whole.dataset.negotiation
    found = column_map.guessed(table, view, RecordNames(view), "quote")
    given = {"extra": "Words", "Quote": "remark"}
    corrected = column_map.with_given(found, table, negotiation, given)
    assert corrected.columns == {"Quote": "remark", "Who": "speaker", "Extra": "text"}
    # What was only guessed gives way.
    taken = column_map.with_given(found, table, negotiation, {"Extra": "text"})
    assert taken.columns == {"Quote": "", "Who": "speaker", "Extra": "text"}
    with pytest.raises(UsageError, match="no column “Quot”; did you mean “Quote”"):
        column_map.with_given(found, table, negotiation, {"Quot": "text"})
    with pytest.raises(UsageError, match="no field “speeker”; did you mean “speaker”"):
        column_map.with_given(found, table, negotiation, {"Who": "speeker"})
    with pytest.raises(UsageError, match="cannot both be “text”"):
        column_map.with_given(found, table, negotiation, {"Who": "text", "Extra": "text"})


@pytest.mark.parametrize(("said", "kind"), [("Quotes", "quote"), ("status", "status")])
def test_what_rows_are_may_be_said_in_the_plural(said, kind):
    assert targets.kind_named(said) == kind
    with pytest.raises(UsageError, match="did you mean “position”"):
        targets.kind_named("positon")
