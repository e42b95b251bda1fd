"""What a reader added to a dataset, read on top of it; the dataset itself always stands."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest
import tomli
import tomli_w
from tests.conftest import BASE
from tests.dataset_days import days_in

from explorer import dataset
from explorer.dataset import DatasetError, cache, file_state, here, overlay, read
from explorer.dataset.appending import Addition, append
from explorer.dataset.validate import validate_with
from explorer.errors import UsageError
from explorer.notes import Notes
from explorer.record.counting import UNKNOWN
from explorer.record.model import Ref
from explorer.record.tables import as_data, entries
from explorer.view import View

FARES = """\
[[issue]]
id = "fares"

[[issue.status]]
on = 2032-03-01
state = "agreed"
text = "Half price on Sundays."
sources = ["post"]
"""
POST = """\
[[source]]
id = "post"
publisher = "Post"
title = "Sundays"
type = "press"
"""
QUAY = """\
[[issue]]
id = "quay"
name = "The quay"
summary = "Who mends it."
sources = ["gazette"]
"""


@pytest.fixture
def own(tmp_path):
    """The folder of the overlay of the ferry talks."""
    folder = tmp_path / "overlays" / "ferry"
    folder.mkdir(parents=True)
    return folder


def opened(path, own):
    """What is read with the overlay, as often as there are ways to read it."""
    index = dataset.load(path, overlays=own.parent)
    again = dataset.load(path, overlays=own.parent)
    assert again.additions == index.additions
    assert list(again.dataset.records()) == list(index.dataset.records())
    return again


def test_without_an_overlay_the_dataset_is_as_it_was_and_knows_where_one_would_be(dataset_of, own):
    index = opened(dataset_of(""), own)
    assert index.additions.folder == own
    assert not index.additions.is_read
    assert dataset.load(dataset_of("")).additions is None


def test_records_of_the_overlay_stand_beside_those_of_the_dataset_and_are_marked(dataset_of, own):
    (own / "any.toml").write_text(QUAY)
    index = opened(dataset_of(""), own)
    assert index.additions.is_read
    assert [(issue.id, issue.own) for issue in index.dataset.issues] == [
        ("fares", False),
        ("quay", True),
    ]
    assert as_data(index.issue("quay"))["own"] is True
    assert "own" not in as_data(index.issue("fares"))


def test_entries_join_the_record_of_the_dataset_and_are_marked(dataset_of, own):
    (own / "issues.toml").write_text(FARES)
    (own / "sources.toml").write_text(POST)
    fares = opened(dataset_of(""), own).issue("fares")
    assert not fares.own
    assert [(s.text, s.own) for s in fares.statuses] == [("Half price on Sundays.", True)]


def test_an_earlier_name_of_a_record_finds_it(dataset_of, own):
    (own / "issues.toml").write_text(FARES.replace("fares", "prices") + POST)
    path = dataset_of(
        '[[issue]]\nid = "fares"\nformerly = ["prices"]\nname = "F"\nsummary = "S."\n'
        'sources = ["gazette"]\n',
        issue="",
    )
    assert opened(path, own).issue("fares").statuses


def test_the_day_of_the_last_addition_can_be_looked_at(dataset_of, own):
    path = dataset_of("")
    assert opened(path, own).dataset.negotiation.covers_until == date(2031, 12, 31)
    (own / "issues.toml").write_text(FARES + POST)
    negotiation = opened(path, own).dataset.negotiation
    assert (negotiation.record_ends, negotiation.recorded_until) == (date(2031, 12, 31),) * 2
    assert negotiation.covers_until == negotiation.own_until == date(2032, 3, 1)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('[[issue]]\nid = "fares"\nsummary = "Free."\n', "is for the dataset to say"),
        ('[negotiation]\nid = "other"\n', "can only add to the negotiation it is of, “ferry”"),
        ('[[issue]]\nid = "quay"\n', "“name” is missing"),
        (FARES, "there is no source “post”"),
        (FARES + POST + "own = true\n", "unknown key “own”"),
        ("[[issue]\n", "the header has [[ at its beginning and ] at its end"),
        ('[[issues]]\nid = "quay"\n', "unknown table “issues”"),
    ],
)
def test_an_overlay_with_a_problem_is_left_out_and_the_dataset_opens(dataset_of, own, written, why):
    (own / "mine.toml").write_text(written)
    index = opened(dataset_of(""), own)
    assert not index.additions.is_read
    assert why in index.additions.trouble
    assert str(own) in index.additions.trouble
    assert [issue.id for issue in index.dataset.issues] == ["fares"]


def test_a_problem_with_an_entry_is_named_where_the_overlay_has_it(dataset_of, own):
    first = FARES.replace("Half price", "Full price").replace("post", "gazette")
    path = dataset_of(
        first.replace(
            'id = "fares"\n', 'id = "fares"\nname = "F"\nsummary = "S."\nsources = ["gazette"]\n'
        ).replace("2032-03", "2031-03"),
        issue="",
    )
    (own / "mine.toml").write_text("# mine\n\n" + FARES.replace('"agreed"', '"agred"') + POST)
    with pytest.raises(DatasetError) as caught:
        validate_with(read.texts(path), overlay.texts(own), lambda _: None)
    (problem,) = caught.value.problems
    assert (problem.file.name, problem.line, problem.field) == ("mine.toml", 8, "status 2, state")


def test_no_dataset_may_say_that_something_is_the_readers_own(dataset_of):
    with pytest.raises(DatasetError, match="unknown key “own”"):
        dataset.load(dataset_of(QUAY + "own = true\n"))


# Later editions of the dataset


def test_what_the_dataset_has_now_as_well_is_adopted(dataset_of, own):
    entry = FARES.partition("\n\n")[2]
    fares = (
        '[[issue]]\nid = "fares"\nname = "F"\nsummary = "S."\nsources = ["gazette"]\n\n'
        + entry.replace("2032", "2031")
    )
    (own / "mine.toml").write_text(FARES.replace("2032", "2031") + POST + 'language = "en"\n')
    index = opened(dataset_of(fares + POST, issue=""), own)
    assert [status.own for status in index.issue("fares").statuses] == [False]
    assert not index.source("post").own
    assert set(index.additions.aside) == {
        "source:post is in the dataset now as you added it",
        "“status” 1 of issue:fares is in the dataset now as you added it",
    }


def test_of_two_records_with_one_id_that_of_the_dataset_stands_and_the_other_is_set_aside(
    dataset_of, own
):
    (own / "mine.toml").write_text(QUAY)
    path = dataset_of(QUAY.replace("Who mends it.", "Who owns it."))
    index = opened(path, own)
    assert index.issue("quay").summary == "Who owns it."
    (aside,) = index.additions.aside
    assert "issue:quay is in the dataset now and says something else" in aside
    assert (own / "mine.toml").read_text() == QUAY


def test_entries_of_a_record_that_is_gone_are_set_aside(dataset_of, own):
    (own / "mine.toml").write_text(FARES.replace("fares", "tolls").replace("post", "gazette"))
    (aside,) = opened(dataset_of(""), own).additions.aside
    assert "issue:tolls is set aside, for the dataset has no such record" in aside


# Keeping


def test_a_change_to_the_overlay_is_seen_and_a_file_of_it_is_none_of_the_dataset(dataset_of, own):
    path = dataset_of("")
    (own / "mine.toml").write_text(QUAY)
    assert "quay" in [issue.id for issue in opened(path, own).dataset.issues]
    (own / "mine.toml").write_text(QUAY.replace('"quay"', '"pier"'))
    assert "pier" in [issue.id for issue in opened(path, own).dataset.issues]
    texts, own_texts = read.texts(path), overlay.texts(own)
    assert cache.key_of(texts, own_texts) != cache.key_of({**texts, **own_texts})
    assert [issue.id for issue in dataset.load(path).dataset.issues] == ["fares"]


def test_the_other_process_reads_it_too(dataset_of, own):
    path = dataset_of("")
    (own / "mine.toml").write_text(QUAY)
    index = dataset.load(path, overlays=own.parent, progress=dataset.prepare(path))
    assert index.issue("quay").own
    seen = file_state.look(overlay.described(path, own))
    assert seen is None or here.load(path, any_size=False, own=own)[0] == index.key


# Adding


def test_what_is_added_to_an_overlay_makes_it_and_leaves_the_dataset_alone(dataset_of, tmp_path):
    path, own = dataset_of(""), tmp_path / "overlays" / "ferry"
    before = path.read_bytes()
    post = {"id": "post", "publisher": "Post", "title": "Sundays", "type": "press"}
    status = {"on": date(2032, 3, 1), "state": "agreed", "text": "Half price.", "sources": ["post"]}
    added = [Addition("status", status, Ref("issue", "fares")), Addition("source", post)]
    written = append(path, added, overlay=own)
    assert written.is_own
    assert path.read_bytes() == before
    assert own.stat().st_mode & 0o777 == 0o700
    assert (own / "issues.toml").stat().st_mode & 0o777 == 0o600
    assert opened(path, own).issue("fares").latest_status.own
    again = {**status, "text": "Free.", "on": date(2032, 3, 2)}
    append(path, [Addition("status", again, Ref("issue", "fares"))], overlay=own)
    assert (own / "issues.toml").read_text().count("[[issue]]") == 1
    assert [s.text for s in opened(path, own).issue("fares").statuses] == ["Half price.", "Free."]


@pytest.mark.parametrize(
    ("addition", "why"),
    [
        (Addition("status", {"text": "T."}, Ref("issue", "none")), "no issue “none” to add to"),
        (
            Addition("source", {"id": "gazette", "publisher": "P", "title": "T", "type": "press"}),
            "the dataset has a source “gazette”; choose another id",
        ),
        (
            Addition(
                "milestone",
                {
                    "id": "m",
                    "name": "M",
                    "on": date(2033, 1, 1),
                    "text": "T",
                    "sources": ["gazette"],
                },
            ),
            "would become public on 1 Jan 2033, which is still to come",
        ),
    ],
)
def test_what_would_not_be_seen_is_refused(dataset_of, own, addition, why):
    with pytest.raises(UsageError, match=why):
        append(dataset_of(""), [addition], overlay=own)
    assert list(own.iterdir()) == []


def test_what_comes_with_the_program_is_added_to_in_an_overlay(tmp_path, dataset_of):
    assert all(overlay.is_needed(path) for path in dataset.bundled().values())
    assert not overlay.is_needed(dataset_of(""))


# What the record itself says, beside what was added later


def test_what_the_record_only_plans_stays_a_plan_however_late_something_was_added(dataset_of, own):
    """It was announced before the record ended, for a day between that and the addition."""
    path = dataset_of(
        '[[round]]\nid = "pier"\nname = "Pier"\nmeeting = "talks"\nstarts = 2032-02-01\n'
        'ends = 2032-02-02\nannounced = 2031-12-01\nsummary = "To be held."\n'
        'sources = ["gazette"]\n\n'
        '[[milestone]]\nid = "review"\nname = "Review"\non = 2032-02-10\nannounced = 2031-12-01\n'
        'text = "The fares are looked at again."\nsources = ["gazette"]\n'
    )
    (own / "mine.toml").write_text(FARES + POST)
    view = View(opened(path, own), Notes())
    assert view.as_of == date(2032, 3, 1)
    pier = view.index.round("pier")
    assert view.is_to_come(pier)
    assert not view.is_held(pier)
    assert view.counting.to_come(pier.starts).startswith("was to come, passed since")
    assert view.left_to(view.index.milestone("review")) == UNKNOWN


def test_at_the_end_of_the_record_it_shows_what_it_shows_without_an_overlay(dataset_of, own):
    """A month that the record ends in is over for it, whatever is added later."""
    path = dataset_of(
        '[[milestone]]\nid = "fair"\nname = "Fair"\non = "2031-12"\ntext = "T."\n'
        'sources = ["gazette"]\n',
        negotiation=BASE["negotiation"].replace("2031-12-31", "2031-12-20"),
    )
    (own / "mine.toml").write_text(FARES + POST)
    there = View(opened(path, own), Notes()).at(date(2031, 12, 20))
    assert there.scope.as_of == date(2031, 12, 20)
    alone = View(dataset.load(path), Notes())
    assert list(there.index.everything()) == list(alone.index.everything())
    assert there.index.milestone("fair") == alone.index.milestone("fair")


def parted(harbour, folder, own):
    """The harbour talks with their positions, and what only these rest on, in an overlay."""
    tables = {}
    for file in sorted(harbour.glob("*.toml")):
        for kind, found in tomli.loads(file.read_text()).items():
            tables[kind] = [*tables.get(kind, []), *found] if isinstance(found, list) else found
    held = [
        {"id": issue["id"], "position": issue.pop("position")}
        for issue in tables["issue"]
        if "position" in issue
    ]
    words = str([*(found for kind, found in tables.items() if kind != "source")])
    ours = [source for source in tables["source"] if f"'{source['id']}'" not in words]
    tables["source"] = [source for source in tables["source"] if source not in ours]
    for file in harbour.iterdir():
        if file.suffix != ".toml":
            shutil.copy(file, folder)
    (folder / "all.toml").write_text(tomli_w.dumps(tables))
    (own / "mine.toml").write_text(tomli_w.dumps({"issue": held, "source": ours}))
    return folder


def as_the_datasets(record):
    """The record as if all of it were said by the dataset."""
    fields = {
        name: tuple(replace(entry, own=False) for entry in getattr(record, name))
        for name, _, _ in entries(record)
        if hasattr(getattr(record, name)[0], "own")
    }
    return replace(record, own=False, **fields)


def test_on_every_day_it_shows_what_the_dataset_would_show_that_said_it(harbour, tmp_path):
    folder, own = tmp_path / "parted", tmp_path / "mine" / "harbour-talks"
    folder.mkdir()
    own.mkdir(parents=True)
    joined = opened(parted(harbour, folder, own), own)
    whole = dataset.load(harbour)
    assert any(p.own for issue in joined.dataset.issues for p in issue.positions)
    changes = sorted({d for r in whole.dataset.records() for d in days_in(r) if d.year > 1000})
    for day in changes:
        was, now = whole.on(day), joined.on(day)
        assert {*now.everything()} == {*was.everything()}, day
        for ref in was.everything():
            assert as_the_datasets(now[ref]) == was[ref], (day, ref)
            assert {*now.naming(ref, "issue")} == {*was.naming(ref, "issue")}, (day, ref)
