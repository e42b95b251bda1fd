"""What would come in of a file: what is new, what is there, what is refused, and why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests import exported_files as exported

from explorer import dataset, opening
from explorer.intake import bringing, incoming, kept_maps, plan_report
from explorer.intake.cell_values import Habits
from explorer.intake.incoming import IntakeError
from explorer.intake.plan import Wishes, planned
from explorer.record.model import Ref

SAID = {"form": "verbatim", "language": "de"}


@pytest.fixture
def folder(harbour, tmp_path):
    """A folder that may be written to."""
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


def view_of(folder):
    return opening.read(folder, None).view


def plan_of(view, text, name="quotes.csv", **wishes):
    data = text if isinstance(text, bytes) else text.encode()
    file = incoming.understood(name, data, "." + name.rpartition(".")[2])
    return planned(view, [file], Wishes(**wishes))


def states(plan):
    return [(o.place, o.state) for o in plan.batch.outcomes]


def reasons(plan):
    return [str(reason) for o in plan.batch.outcomes for reason in o.why]


def texts(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_german_table_of_quotes_comes_in_with_its_sources(folder):
    view, before = view_of(folder), texts(folder)
    plan = plan_of(view, exported.GERMAN_QUOTES, fixed=SAID)
    assert states(plan) == [("row 2", "new"), ("row 3", "new")]
    assert plan.brought_along == 2
    bringing.bring(plan, folder, None)
    index = dataset.load(folder)
    first, second = (index.quote(Ref.parse(o.ref)) for o in plan.having("new"))
    assert first.text == "Wir senken sie, sobald ihr es tut."
    assert (first.speaker_id, str(first.said), first.round_id) == (
        "noren",
        "2032-06-01",
        "tide-hall",
    )
    assert second.text == 'Das ist "kein" Ende, sondern ein Anfang.'
    assert second.issue_ids == ("cranes",)
    (slug,) = second.source_ids
    assert index.source(Ref("source", slug)).address == "https://courier.example/zwei"
    for name, data in texts(folder).items():  # all else is as it was, to the byte
        assert data.startswith(before[name])


def test_the_same_file_twice_changes_nothing(folder):
    bringing.bring(plan_of(view_of(folder), exported.GERMAN_QUOTES, fixed=SAID), folder, None)
    before = texts(folder)
    plan = plan_of(view_of(folder), exported.GERMAN_QUOTES, fixed=SAID)
    assert states(plan) == [("row 2", "there"), ("row 3", "there")]
    assert plan.batch.additions == []
    assert texts(folder) == before


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (exported.ZOTERO_CSL, "zotero.json"),
        (exported.ZOTERO_BIBLATEX, "zotero.bib"),
        (exported.ZOTERO_RIS, "zotero.ris"),
        (exported.ENDNOTE_RIS, "endnote.txt"),
    ],
)
def test_a_library_comes_in_once_whichever_program_wrote_it(folder, text, name):
    plan = plan_of(view_of(folder), text, name)
    assert {state for _, state in states(plan)} == {"new"}
    bringing.bring(plan, folder, None)
    assert {state for _, state in states(plan_of(view_of(folder), text, name))} == {"there"}
    dataset.load(folder)


def test_the_same_page_in_another_format_is_the_same_source(folder):
    bringing.bring(plan_of(view_of(folder), exported.ZOTERO_CSL, "a.json"), folder, None)
    plan = plan_of(view_of(folder), exported.ZOTERO_RIS, "a.ris")
    assert {state for _, state in states(plan)} == {"there"}


def test_two_sources_of_one_page_come_back_as_the_two_that_they_are(folder):
    with (folder / "sources.toml").open("a") as file:
        for slug in ("once", "twice"):
            file.write(
                f'\n[[source]]\nid = "{slug}"\npublisher = "P"\ntitle = "{slug}"\n'
                'type = "press"\naddress = "https://one.example/page"\n'
            )
    entries = "".join(
        f"@online{{{slug}, title = {{{slug}}}, organization = {{P}}, "
        "url = {https://one.example/page}}\n"
        for slug in ("once", "twice")
    )
    plan = plan_of(view_of(folder), entries, "p.bib")
    assert [state for _, state in states(plan)] == ["there", "there"]


def test_a_key_that_stands_for_something_else_is_refused(folder):
    plan = plan_of(view_of(folder), exported.MENDELEY_BIBTEX, "m.bib")
    assert [state for _, state in states(plan)] == ["new", "refused"]
    assert "another source has the id “moor2032”" in reasons(plan)[0]


def test_quotes_name_sources_of_a_library_that_comes_in_with_them(folder):
    view = view_of(folder)
    files = [
        incoming.understood("a.json", exported.ZOTERO_CSL.encode(), ".json"),
        incoming.understood(
            "q.csv",
            b"Quote,Speaker,Date,Citation key\nWe go on.,Okafor,2032-06-02,moorePause2032\n",
            ".csv",
        ),
    ]
    plan = planned(view, files, Wishes(fixed=SAID, are_several=True))
    assert [state for _, state in states(plan)] == ["new"] * 3
    bringing.bring(plan, folder, None)
    quote = dataset.load(folder).quote(Ref.parse(plan.batch.outcomes[-1].ref))
    assert quote.source_ids == ("moorepause2032",)


def test_what_cannot_be_is_refused_with_its_row_its_column_and_the_nearest(view):
    plan = plan_of(
        view,
        "Quote,Speaker,Date,Topic,Source\n"
        "A.,Norem,2032-06-01,cranes,gazette-lantern\n"
        "B.,Okafor,1.6.,cranes,gazette-lantern\n"
        "C.,Okafor,2032-06-01,krans,gazette-lantern\n"
        "D.,Okafor,2032-06-01,,https://nowhere.example/x\n"
        ",Okafor,2032-06-01,,gazette-lantern\n"
        "F.,Okafor,2032-07-01,,gazette-lantern\n"
        "G.,Okafor,2032-06-01,cranes,gazette-lantern\n"
        "G.,Ben Okafor,2032-06-01,cranes,gazette-lantern\n",
        fixed=SAID,
    )
    assert [state for _, state in states(plan)] == ["refused"] * 6 + ["new", "there"]
    for said, why in zip(
        [
            "“Speaker”: there is no delegate “Norem”; the nearest is “Norén”",
            "“Date”: “1.6.” has no year",
            "“Topic”: there is no issue “krans”",
            "no source https://nowhere.example/x; with “source.publisher” and “source.t",
            "“Quote”: is empty",
            "it would become public on 1 Jul 2032, which is still to come",
        ],
        reasons(plan),
        strict=True,
    ):
        assert said in why
    assert plan.batch.outcomes[-1].remarks == ["the same as row 8"]


def test_what_the_checks_of_a_dataset_find_is_refused_and_nothing_else(folder):
    plan = plan_of(
        view_of(folder),
        "Land,Thema,Datum,Forderung,Haltung,Quelle\n"
        "North,cranes,1.6.2032,Nie.,rote Linie,gazette-lantern\n"
        "South,cranes,2.6.2032,Doch.,offen,gazette-lantern\n",
        "positionen.csv",
    )
    assert [state for _, state in states(plan)] == ["refused", "new"]
    assert "is a red line only where words draw it" in reasons(plan)[0]
    bringing.bring(plan, folder, None)
    assert dataset.load(folder).issue("cranes").latest_positions["south"].text == "Doch."


def test_values_with_a_decimal_comma_and_milestones_come_in(folder):
    values = plan_of(
        view_of(folder),
        "Kennzahl;Datum;Wert;Stand;Erläuterung;Quelle\n"
        "north-duty;1.6.2032;4,5;in Kraft;Neu.;gazette-lantern\n",
        "werte.csv",
    )
    bringing.bring(values, folder, None)
    milestones = plan_of(
        view_of(folder),
        "Name,On,Type,Text,Announced,Source\n"
        "Count ends,2032-09-01,deadline,They count.,2032-06-01,gazette-lantern\n",
        "milestones.csv",
    )
    bringing.bring(milestones, folder, None)
    index = dataset.load(folder)
    assert any(value.number == 4.5 for value in index.figure("north-duty").values)
    assert index.milestone(Ref.parse(milestones.batch.outcomes[0].ref)).type == "deadline"


def test_what_is_ambiguous_waits_for_a_word(view):
    rows = "Quote,Speaker,Date,Source\nA.,Okafor,5/6/2032,gazette-lantern\n"
    plan = plan_of(view, rows, fixed=SAID)
    assert plan.batch.outcomes[0].why[0].ask == "dates"
    plan = plan_of(view, rows, fixed=SAID, habits=Habits("month"))
    assert str(plan.batch.additions[0].values["said"]) == "2032-05-06"


def test_chosen_rows_come_in_alone(view):
    plan = plan_of(view, exported.GERMAN_QUOTES, fixed=SAID, numbers=frozenset({3}))
    assert states(plan) == [("row 2", "left out"), ("row 3", "new")]
    assert plan.brought_along == 1


def test_what_was_said_of_a_table_is_kept_for_the_next_with_its_heads(view):
    rows = exported.GERMAN_QUOTES.replace("Astrid Norén", "Die Chefin")
    wishes = {"fixed": SAID, "meant": {"Die Chefin": "noren"}, "columns": {"Notiz": "remark"}}
    plan = plan_of(view, rows, **wishes)
    assert bringing.keep_maps(plan) == []
    again = plan_of(view, rows)
    assert {state for _, state in states(again)} == {"new"}
    assert again.files[0].was_kept
    assert again.files[0].columns == plan.files[0].columns
    anew = plan_of(view, rows, guess_anew=True)
    assert not anew.files[0].was_kept
    kept_maps.file().write_text("format = 1\ntable = 5\n\x00")
    assert not plan_of(view, rows).files[0].was_kept


def test_words_marked_in_a_browser_are_quotes_with_what_their_tags_say(folder):
    view = view_of(folder)
    source = next(s for s in view.whole.dataset.sources if s.address and s.published)
    text = exported.HYPOTHESIS.replace("https://gazette.example/toll-truce", source.address)
    plan = plan_of(view, text, "hypothesis.json", fixed={"form": "verbatim", "language": "en"})
    assert [state for _, state in states(plan)] == ["new", "refused"]
    values = plan.batch.additions[0].values
    assert values["text"] == "We lower them when you do."
    assert (values["speaker"], values["issues"]) == ("noren", ("tolls",))
    assert values["sources"] == (source.id,)
    text = exported.WEB_ANNOTATIONS.replace("https://gazette.example/toll-truce", source.address)
    plan = plan_of(view, text, "a.jsonld", fixed={"form": "verbatim", "language": "en"})
    (outcome,) = plan.batch.outcomes
    assert (outcome.state, outcome.remarks) == ("new", ["of the day of its source"])


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("[" * 100_000, "a.json", "nested too deeply"),
        ('{"format": "explorer-notes", "notes": []}', "a.json", "explorer notes import"),
        ("id,record,text,created,changed\nx,issue:tolls,a,,\n", "n.csv", "explorer notes import"),
        ("[]", "a.json", "no entries"),
        ("% nothing", "a.bib", "no entries"),
    ],
)
def test_what_holds_no_records_says_so(view, text, name, why):
    with pytest.raises(IntakeError, match=why):
        plan_of(view, text, name)


def test_a_plan_is_said_in_words_with_what_would_settle_it(view):
    plan = plan_of(view, exported.GERMAN_QUOTES.replace("Okafor, Ben", "Okafar"))
    said = "\n".join(plan_report.lines(plan))
    assert "quotes.csv: 2 rows, each a quote" in said
    assert "Sprecher            → speaker" in said
    assert "rows 2–3: “form” is needed: verbatim" in said
    assert '--mean "Okafar=ID"' in said
    assert plan_report.as_data(plan)["refused"][0]["place"] == "row 2"


def test_a_page_without_a_publisher_is_its_sites_and_that_is_said(folder):
    plan = plan_of(
        view_of(folder),
        "Quote,Speaker,Date,URL,Headline\n"
        "A.,Okafor,2032-06-01,https://www.Nowhere.example/x,Of nothing\n",
        fixed=SAID,
    )
    (outcome,) = plan.batch.outcomes
    assert outcome.remarks == ["the publisher is that of the address"]
    assert plan.batch.additions[0].values["publisher"] == "nowhere.example"
