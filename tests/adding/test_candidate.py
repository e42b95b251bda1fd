"""What a filled form would add: its values, its checks, its duplicates, its preview."""

from __future__ import annotations

from datetime import date

import pytest

from explorer.adding.candidate import examined, page_of
from explorer.adding.filled_form import FilledForm
from explorer.adding.form_kinds import FORM_KINDS
from explorer.documents.pages import as_text, page
from explorer.record.model import Ref


@pytest.fixture
def quote(view):
    form = FilledForm(view, FORM_KINDS["quote"])
    part = form.main
    part.typed |= {"text": "“We will\nnot wait.”", "said": "1 June 2032", "form": "verb"}
    part.chosen |= {"speaker": ("delegate:noren",), "sources": ("source:wire-call",)}
    return form


def test_a_quote_is_what_was_typed(quote):
    assert quote.values(quote.main) == {
        "id": "noren-we-will-not-wait-2032-06-01",
        "text": "We will not wait.",
        "speaker": "noren",
        "said": date(2032, 6, 1),
        "published": date(2032, 6, 1),
        "form": "verbatim",
        "sources": ("wire-call",),
        "language": "en",
    }
    found = examined(quote)
    assert not found.problems
    assert not found.duplicates
    read = as_text(page(found.preview, found.shown))
    assert "“We will not wait.”" in read
    assert "Astrid Norén" in read


def test_what_is_missing_is_named(view):
    form = FilledForm(view, FORM_KINDS["quote"])
    assert [key for _, key in examined(form).missing] == [
        "text",
        "speaker",
        "published",
        "form",
        "sources",
    ]


def test_the_checks_of_a_dataset_say_what_is_wrong_under_the_field(quote):
    quote.main.typed["published"] = "30 May 2032"
    found = examined(quote)
    assert found.problems == {(1, "published"): "is published before it was said"}


def test_words_that_the_record_has_are_pointed_out(quote, index):
    known = index.quote(index.refs("quote")[0])
    quote.main.typed["text"] = known.text.upper()
    quote.main.chosen["speaker"] = (f"delegate:{known.speaker_id}",)
    (found,) = examined(quote).duplicates
    assert found.ref == known.ref
    quote.main.chosen["speaker"] = ()
    assert [d.ref for d in examined(quote).duplicates] == [known.ref]


def test_a_source_and_a_speaker_are_added_with_a_quote(quote):
    main = quote.main
    source = quote.add_part(FORM_KINDS["source"], (1, "sources"))
    source.typed |= {
        "publisher": "Post",
        "title": "News",
        "type": "press",
        "published": "2032-06-02",
    }
    main.chosen["sources"] = (source.name,)
    person = quote.add_part(FORM_KINDS["delegate"], (1, "speaker"))
    person.typed["name"] = "Zoë Van Loon"
    main.chosen["speaker"] = (person.name,)
    assert "before any role is given" in examined(quote).problems[1, "speaker"]
    role = next(part for part in quote.parts.values() if part.form.name == "role")
    role.typed["title"] = "Envoy"
    found = examined(quote)
    assert not found.problems
    assert quote.values(main)["speaker"] == "zoe-van-loon"
    assert quote.values(main)["sources"] == ("post-2032-06-02-news",)
    assert quote.values(role) == {"title": "Envoy", "sources": ("post-2032-06-02-news",)}
    assert quote.within(role) == Ref("delegate", "zoe-van-loon")
    assert "Zoë Van Loon" in as_text(page(found.preview, found.shown))


def test_a_form_comes_back_from_what_was_kept(quote, view):
    part = quote.add_part(FORM_KINDS["source"], (1, "sources"))
    quote.main.chosen["sources"] = (part.name,)
    again = FilledForm.of_data(view, quote.as_data())
    assert again.as_data() == quote.as_data()


@pytest.mark.parametrize("kind", FORM_KINDS)
def test_every_kind_can_be_filled_in_and_looked_at(kind, view):
    form = FilledForm(view, FORM_KINDS[kind])
    assert form.is_untouched
    for _ in range(2):  # choices may make others needed
        for part in list(form.parts.values()):
            for field in form.fields(part):
                if not (field.required or field.key in ("title", "document")):
                    continue
                if field.is_chosen:
                    ref = view.index.refs(field.kinds[0])[0]
                    if field.key == "within" and kind == "result":
                        ref = next(
                            r
                            for r in view.index.refs("milestone")
                            if view.index.milestone(r).type == "deadline"
                        )
                    part.chosen.setdefault(field.key, (str(ref),))
                elif field.choices:
                    part.typed.setdefault(field.key, field.choices[0][1])
                elif field.typed_as in ("day", "date"):
                    part.typed.setdefault(field.key, "2032-06-02")
                elif field.typed_as == "number":
                    part.typed.setdefault(field.key, "12.5")
                else:
                    part.typed.setdefault(field.key, "Some words")
    found = examined(form)
    assert not found.problems
    assert found.preview is not None
    assert as_text(page(found.preview, found.shown))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.a.example/x/", "http://a.example/x"),
        ("https://A.example/x?utm_source=feed#top", "https://a.example/x"),
        ("https://a.example/?id=1&utm_medium=x", "https://a.example?id=1"),
    ],
)
def test_a_page_is_known_however_its_address_is_written(one, other):
    assert page_of(one) == page_of(other)


def test_pages_that_differ_by_what_is_asked_for_are_two():
    assert page_of("https://a.example/?id=1") != page_of("https://a.example/?id=2")
