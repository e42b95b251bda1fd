"""What would come in of a file: what is new, what is there, what is refused, and why."""

from __future__ import annotations

import json
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
    assert plan.brought_along == {"source": 2}
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
        "D.,Okafor,2032-06-01,,https://me@nowhere.example/x\n"
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
            "“source.address”: cannot be opened: it names no host, or hides one",
            "“Quote”: is empty",
            "1 Jul 2032 is still to come, and nothing says that it is public already",
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
    assert plan.brought_along == {"source": 1}


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
    assert [state for _, state in states(plan)] == ["new"]
    assert "1 annotation without marked words" in plan.remarks[0]
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


FIGURES = (
    "Indicator,Unit,Side,Date,Value,Status,Note,Link,Article\n"
    'Ships in the bay,ships,North,2032-05-01,"1,234",counted,All of them.,{a},In figures\n'
    'Ships in the bay,ships,North,2032-06-01,"2,345,678",counted,All of them.,{a},In figures\n'
    "Duty on crabs,%,South,1 June 2032,4,in force,Of their worth.,{a},In figures\n"
).format(a="https://commission.example/tolls")


def test_figures_that_the_record_does_not_have_come_in_with_their_values(folder):
    plan = plan_of(view_of(folder), FIGURES, "figures.csv")
    assert {state for _, state in states(plan)} == {"new"}
    assert plan.brought_along == {"figure": 2, "source": 1}
    assert plan_report.along_words(plan) == ", with 2 new figures and 1 new source"
    bringing.bring(plan, folder, None)
    index = dataset.load(folder)
    ships, duty = (
        index.figure(Ref.parse(f"figure:{slug}")) for slug in ("ships-in-the-bay", "duty-on-crabs")
    )
    assert (ships.unit, ships.delegation_id, [v.number for v in ships.values]) == (
        *("ships", "north"),
        [1234, 2345678],
    )
    assert (duty.unit, duty.values[0].standing, duty.values[0].text) == (
        "%",
        "in force",
        "Of their worth.",
    )
    again = plan_of(view_of(folder), FIGURES, "figures.csv")
    assert {state for _, state in states(again)} == {"there"}
    other = FIGURES.replace("ships,North,2032-05-01", "tonnes,North,2032-05-02")
    plan = plan_of(view_of(folder), other, "figures.csv")
    assert "is counted in ships, and this in tonnes" in reasons(plan)[0]


def test_measures_and_delegates_come_in_with_what_belongs_to_them(folder):
    measures = plan_of(
        view_of(folder),
        "Measure,Country,Type,Date,Stage,What happened,Source\n"
        "Crab ban,South,restriction,2032-06-01,announced,It was announced.,gazette-lantern\n"
        "Crab ban,South,restriction,2032-06-02,in force,It took effect.,gazette-lantern\n",
        "measures.csv",
    )
    assert measures.files[0].columns.kind == "measure"
    bringing.bring(measures, folder, None)
    people = plan_of(
        view_of(folder),
        "Name,Delegation,Post,Since,Source\n"
        "Eva Crab,South,Harbour master,May 2032,gazette-lantern\n",
        "people.csv",
    )
    bringing.bring(people, folder, None)
    index = dataset.load(folder)
    ban = index.measure(Ref.parse("measure:crab-ban"))
    assert [step.stage for step in ban.steps] == ["announced", "in force"]
    person = index.delegate(Ref.parse("delegate:eva-crab"))
    assert (person.delegation_id, person.roles[0].title) == ("south", "Harbour master")


def test_what_one_row_brings_along_comes_in_for_another_when_the_first_is_refused(folder):
    rows = FIGURES.replace("2032-05-01", "2033-05-01")  # which is to come, and unannounced
    plan = plan_of(view_of(folder), rows, "figures.csv")
    assert [state for _, state in states(plan)] == ["refused", "new", "new"]
    assert plan.batch.outcomes[0].why[0].field == "known"
    bringing.bring(plan, folder, None)
    assert len(dataset.load(folder).figure(Ref.parse("figure:ships-in-the-bay")).values) == 1


def test_a_page_that_has_no_title_yet_is_called_by_its_address_and_that_is_said(folder):
    rows = "Quote,Speaker,Date,URL\nA.,Okafor,2032-06-01,https://www.courier.example/ports/pause/\n"
    plan = plan_of(view_of(folder), rows, fixed=SAID)
    assert "its source has no title yet" in plan.batch.outcomes[0].remarks[0]
    bringing.bring(plan, folder, None)
    source = next(
        s for s in dataset.load(folder).dataset.sources if s.title == "courier.example/ports/pause"
    )
    assert (source.described, source.publisher) == (True, "courier.example")


def test_a_deadline_ahead_was_announced_by_the_page_that_says_so(folder):
    rows = (
        "Milestone,Date,Kind,What happens,Source URL,Source title,Source date\n"
        "Truce ends,2033-01-01,deadline,It ends.,https://a.example/x,The truce,2032-06-01\n"
        "Count ends,2033-02-01,deadline,It ends.,https://a.example/y,The count,\n"
    )
    plan = plan_of(view_of(folder), rows, "milestones.csv")
    assert [state for _, state in states(plan)] == ["new", "refused"]
    assert "announced on the day of its source" in plan.batch.outcomes[0].remarks
    reason = plan.batch.outcomes[1].why[0]
    assert (reason.field, reason.ask) == ("announced", "value")
    assert "is still to come" in str(reason)


@pytest.mark.parametrize("mark", ["n/a", "–", "k.A.", "n.d.", "unknown", "不详"])
def test_what_stands_for_nothing_says_nothing(folder, mark):
    source = "gazette-lantern"
    rows = f"Quote,Speaker,Date,Issue,Where,Source\nA.,Okafor,{mark},{mark},{mark},{source}\n"
    plan = plan_of(view_of(folder), rows, fixed=SAID)
    assert states(plan) == [("row 2", "new")]
    values = plan.batch.additions[0].values
    assert "said" not in values
    assert "issues" not in values
    assert plan.batch.outcomes[0].remarks == ["of the day of its source"]


def test_rows_that_are_counted_name_no_rounds(folder):
    rows = "Nr.,Quote,Speaker,Date,Source\n1,A.,Okafor,2032-06-01,gazette-lantern\n"
    plan = plan_of(view_of(folder), rows, fixed=SAID)
    assert plan.files[0].columns.columns["Nr."] == ""


def test_a_file_on_somebodys_disk_is_no_page_and_several_addresses_are_told_apart(folder):
    rows = (
        "Quote,Speaker,Date,URL,Source title\n"
        "A.,Okafor,2032-06-01,file:///home/me/x.pdf,A paper\n"
        "B.,Okafor,2032-06-01,https://a.example/x y,A page\n"
    )
    plan = plan_of(view_of(folder), rows, fixed=SAID)
    assert [reason.field for o in plan.batch.outcomes for reason in o.why] == [
        *("source.publisher", "source.address"),
    ]
    assert "it contains a space" in reasons(plan)[1]


def test_a_library_without_entries_or_with_others_in_its_name_is_understood(view):
    with pytest.raises(IntakeError, match="it has no entries"):
        plan_of(view, "no tags here\n", "x.ris")
    assert plan_of(view, exported.ZOTERO_CSL, "x.csv").files[0].file.format == "csl"
    with pytest.raises(IntakeError, match="it is no text"):
        plan_of(view, bytes(range(256)) * 4, "x.csv")


def test_what_would_settle_a_reason_fits_what_the_file_is(view):
    said = "\n".join(plan_report.lines(plan_of(view, '[{"title": "T"}]', "x.json")))
    assert "--set publisher=… says it where nothing else does" in said
    assert "--map" not in said


_IN_FULL = [
    {
        "@type": ["http://www.w3.org/ns/oa#Annotation"],
        "http://www.w3.org/ns/oa#hasTarget": [
            {
                "http://www.w3.org/ns/oa#hasSource": [{"@id": "https://gazette.example/a"}],
                "http://www.w3.org/ns/oa#hasSelector": [
                    {"http://www.w3.org/ns/oa#exact": [{"@value": "No crabs."}]}
                ],
            }
        ],
    }
]
_SHORT = {
    "type": "Annotation",
    "target": {"source": "https://gazette.example/a", "selector": {"exact": "No crabs."}},
}
_OF_HYPOTHESIS = (
    "Created at,Author,Page,URL,Group,Annotation/Reply Type,Quote,Comment,Tags\n"
    '2032-06-02 08:11,me,,https://gazette.example/a,Mine,Annotation,No crabs.,?,"cranes,x"\n'
    "2032-06-02 08:12,you,,https://gazette.example/a,Mine,Reply,,Indeed,\n"
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (json.dumps(_IN_FULL), "a.jsonld"),
        (
            json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "@graph": [_SHORT]}),
            "a.json",
        ),
        (json.dumps([_SHORT, _SHORT]), "a.json"),
        (json.dumps({**_SHORT, "id": "a"}) + "\n\n" + json.dumps({**_SHORT, "id": "b"}), "a.jsonl"),
        (_OF_HYPOTHESIS, "annotations.csv"),
        (_OF_HYPOTHESIS.replace('"cranes,x"', "cranes").replace(",", "\t"), "annotations.tsv"),
    ],
)
def test_annotations_are_read_in_whichever_way_a_program_lists_them(view, text, name):
    said = {**SAID, "speaker": "okafor", "said": "2032-06-01"}
    plan = plan_of(view, text, name, fixed=said)
    new = plan.having("new")
    assert [outcome.label for outcome in new] == ["okafor: No crabs."]
    quote = plan.batch.additions[-1].values
    assert quote.get("issues", ()) == (("cranes",) if name.startswith("annotations") else ())


def test_annotations_without_words_are_notes(view):
    with pytest.raises(IntakeError, match="explorer notes import"):
        plan_of(view, _OF_HYPOTHESIS.replace("No crabs.", ""), "annotations.csv")


def test_how_days_numbers_and_names_were_read_is_shown_and_can_be_asked_anew(view):
    plan = plan_of(
        view,
        "Quote,Speaker,Date,Source\nA.,The chief,5/6/2032,gazette-lantern\n",
        fixed=SAID,
        meant={"The chief": "noren", "Nobody": "okafor"},
        habits=Habits("day", "comma"),
    )
    ways = [(what, how, reason.ask) for what, how, reason in plan_report.ways_of(plan.files[0])]
    assert ways == [
        ("Days like 5/6/2025", "the day first", "dates"),
        ("Numbers like 1,234", "a decimal comma", "decimal"),
        ("“The chief”", "noren", "name"),
    ]
    assert "  read as: Days like 5/6/2025: the day first" in "\n".join(plan_report.lines(plan))


def test_a_page_that_was_corrected_elsewhere_is_there_and_what_differs_is_said(folder):
    bringing.bring(plan_of(view_of(folder), exported.ZOTERO_RIS, "a.ris"), folder, None)
    same = plan_of(view_of(folder), exported.ZOTERO_RIS, "a.ris")
    assert [o.remarks for o in same.having("there")] == [[], []]
    changed = exported.ZOTERO_RIS.replace("Tolls in figures", "Tolls in figures, corrected")
    plan = plan_of(view_of(folder), changed, "a.ris")
    assert [o.remarks for o in plan.having("there")] == [[], ["the record says otherwise: title"]]
    assert not plan.batch.additions
    assert "otherwise: title" in next(x for x in plan_report.lines(plan) if x.startswith("  line"))


def test_meetings_of_several_days_in_one_cell_begin_and_end(folder):
    rows = (
        "Round,Dates,Type,Summary,Source\n"
        "Crab Hall,10–11 May 2032,talks,They met.,gazette-lantern\n"
        "By wire,1 May 2032,call,They called.,gazette-lantern\n"
    )
    plan = plan_of(view_of(folder), rows, "rounds.csv")
    days = [(str(a.values["starts"]), str(a.values["ends"])) for a in plan.batch.additions]
    assert sorted(days) == [("2032-05-01", "2032-05-01"), ("2032-05-10", "2032-05-11")]
    rows = "Quote,Speaker,Date,Source\nA.,Okafor,10–11 May 2032,gazette-lantern\n"
    assert "are several days" in reasons(plan_of(view_of(folder), rows, fixed=SAID))[0]


def test_a_value_may_be_a_range_or_about_so_much(folder):
    rows = (
        "Figure,Date,Value,Standing,Text,Source\n"
        "north-duty,2032-05-01,3–4,claim,A range.,gazette-lantern\n"
        "north-duty,2032-05-02,ca. 5,claim,About.,gazette-lantern\n"
        "north-duty,2032-05-03,> 5,claim,More.,gazette-lantern\n"
    )
    plan = plan_of(view_of(folder), rows, "values.csv")
    said = [a.values for a in plan.batch.additions if a.kind == "value"]
    assert (said[0]["number"], said[0]["up_to"]) == (3, 4)
    assert (said[1]["number"], said[1]["at"]) == (5, "about")
    assert "is no number; write it in digits alone" in reasons(plan)[0]


def test_a_row_with_a_comma_too_many_is_refused_and_shifts_nothing(view):
    rows = (
        "Quote,Speaker,Date,Source\n"
        "Yes, of course.,Okafor,2032-06-01,gazette-lantern\n"
        "A.,Okafor,2032-06-01,gazette-lantern\n"
        "B.,Okafor,2032-06-01,gazette-lantern,\n"
    )
    plan = plan_of(view, rows, fixed=SAID)
    assert [state for _, state in states(plan)] == ["refused", "new", "new"]
    assert "it has 5 cells and the head has 4" in reasons(plan)[0]
    # Where every row is wider, only the last head is missing.
    wide = "Quote,Speaker,Date,Source\nA.,Okafor,2032-06-01,gazette-lantern,x\n"
    assert states(plan_of(view, wide, fixed=SAID)) == [("row 2", "new")]


def test_a_page_is_in_the_language_of_the_words_that_it_prints(folder):
    rows = (
        "Quote,Speaker,Date,URL,Form,Language\n"
        "关税。,Okafor,2032-06-01,https://a.example/1,verbatim,zh\n"
        "Tolls.,Okafor,2032-06-01,https://b.example/2,translation,zh\n"
    )
    plan = plan_of(view_of(folder), rows)
    sources = [a.values.get("language") for a in plan.batch.additions if a.kind == "source"]
    assert sources == ["zh", None]
