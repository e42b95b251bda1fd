"""A record as it may be cited."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from markdown_it import MarkdownIt
from tests.conftest import HARBOUR

from explorer import cli
from explorer.documents.citation import STYLES, citation
from explorer.documents.pages import page
from explorer.documents.render import render
from explorer.notes import Notes
from explorer.record.index import Index
from explorer.record.model import Archive, Ref
from explorer.view import View


def cited(view, name, style="text"):
    return citation(view, Ref.parse(name), style)


def items(view, name):
    return json.loads(cited(view, name, "csl-json"))


def of_quote(view, name, **changes):
    """A view in which one quote differs."""
    data = view.index.dataset
    quotes = tuple(replace(q, **changes) if q.id == name else q for q in data.quotes)
    return View(Index(replace(data, quotes=quotes)), Notes())


def test_words_are_cited_with_speaker_role_day_form_and_source(view):
    assert cited(view, "quote:noren-good-day") == (
        "“It was a good day for the strait” — Astrid Norén, Deputy Envoy of Northport, "
        "Reporters on the quay, Lantern Isle, 5 Mar 2031, verbatim.\n"
        "Source: M. Okonkwo, Strait Gazette, “Ports meet under the lantern”, 4 Mar 2031, "
        "https://gazette.example/lantern"
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("said", "role", "later"),
    [
        # She became envoy on 1 May; what she said before that, she said as a deputy.
        (date(2031, 4, 30), "Deputy Envoy of Northport", False),
        (date(2031, 5, 1), "Envoy of Northport", True),
        (None, "Envoy of Northport", True),
    ],
)
def test_a_speaker_has_the_role_of_the_day_of_the_words_not_of_their_printing(
    view, style, said, role, later
):
    name, published = "noren-good-day", date(2031, 5, 2)
    changed = of_quote(view, name, said=said, published=published)
    text = cited(changed, f"quote:{name}", style)

    assert role in text
    assert ("Deputy" in text) is not later


def test_a_translation_is_called_one_with_both_its_days(view):
    assert cited(view, "quote:tam-patience").splitlines()[0] == (
        "“Patience digs deeper than any dredger” — Tam Wai-lan, Harbour Master of Southport, "
        "Lantern Isle, 5 Mar 2031, translated from Chinese by Tide Wire. Published 7 Mar 2031."
    )


def test_a_paraphrase_has_no_quotation_marks_and_is_called_one(view):
    assert cited(view, "quote:tam-toll-paraphrase").splitlines()[0] == (
        "The harbour master said the toll could go by autumn — Tam Wai-lan, "
        "Harbour Master of Southport, Oct 2031, paraphrase. Published 28 Oct 2031."
    )


def test_words_whose_day_is_not_known_are_cited_by_their_publication(view):
    assert cited(view, "quote:office-nets").splitlines()[0] == (
        "“The office has counted no nets” — Southport Harbour Office, "
        "published 7 Mar 2031, readout."
    )


def test_the_outlet_through_which_words_are_known_is_told(view):
    assert (
        cited(view, "quote:noren-hour")
        .splitlines()[0]
        .endswith("20 May 2031, verbatim. Published 21 May 2031. Via Tide Wire.")
    )


def test_a_translated_readout_is_called_a_translation(view):
    assert "translated from Chinese by the Harbour Office" in cited(view, "quote:office-charts")


def test_any_other_record_is_cited_with_the_day_its_record_ends(view):
    assert cited(view, "issue:fishing") == (
        "Crab and fishing rights (Harbour talks, record to 30 Jun 2032). "
        "Whose nets may lie in the strait, and for how long.\n"
        "Source: M. Okonkwo, Strait Gazette, “Ports meet under the lantern”, 4 Mar 2031, "
        "https://gazette.example/lantern"
    )


def test_a_source_is_cited_by_its_line_and_address(view):
    assert cited(view, "source:mirror-call") == (
        "Tide Wire, at Harbour Mirror, “Leaders speak for an hour”, 22 May 2031, "
        "https://mirror.example/call"
    )
    assert cited(view, "source:broadsheet-2031") == (
        "unnamed broadsheet, A page on the talks, without a headline, Oct 2031 (weak source)"
    )


def test_every_citation_names_every_source_of_its_record(view, shipped_view):
    for look in (view, shipped_view):
        for record in look.index.dataset.records():
            if record.kind != "source":
                _, *sources = citation(look, record.ref).split("\nSource: ")
                assert len(sources) == len(record.source_ids), record.ref


def test_no_shipped_paraphrase_is_cited_in_quotation_marks_and_all_else_is(shipped_view):
    for quote in shipped_view.index.dataset.quotes:
        line = citation(shipped_view, quote.ref)
        assert line.startswith("“") == (quote.form != "paraphrase"), quote.ref


def test_every_shipped_translation_is_called_one(shipped_view):
    translations = [q for q in shipped_view.index.dataset.quotes if q.form == "translation"]

    assert translations
    for quote in translations:
        assert "translated from " in citation(shipped_view, quote.ref), quote.ref


# Markdown


def test_in_markdown_words_are_a_block_quote_with_speaker_role_days_outlet_form_and_links(view):
    assert cited(view, "quote:noren-hour", "markdown") == (
        "> “We spoke for an hour and I would do it again”\n\n"
        "— **Astrid Norén**, Envoy of Northport; Tide Wire; said 20 May 2031, "
        "published 21 May 2031; via Tide Wire; verbatim.\n\n"
        "Sources:\n\n"
        "- [Tide Wire, at Harbour Mirror, “Leaders speak for an hour”, 22 May 2031]"
        "(<https://mirror.example/call>)"
    )


def test_in_markdown_a_paraphrase_is_a_plain_paragraph_without_quotation_marks(view):
    words, by, _, *sources = cited(view, "quote:tam-toll-paraphrase", "markdown").split("\n\n")

    assert words == "The harbour master said the toll could go by autumn"
    assert by == (
        "— **Tam Wai-lan**, Harbour Master of Southport; said Oct 2031, published 28 Oct 2031; "
        "paraphrase, not the words."
    )
    assert sources[0].splitlines() == [
        "- unnamed broadsheet, A page on the talks, without a headline, Oct 2031 (weak source)",
        (
            "- [M. Okonkwo, Strait Gazette, “Ports meet under the lantern”, 4 Mar 2031]"
            "(<https://gazette.example/lantern>)"
        ),
    ]


def test_no_shipped_paraphrase_is_a_block_quote_and_all_other_words_are(shipped_view):
    for quote in shipped_view.index.dataset.quotes:
        first = citation(shipped_view, quote.ref, "markdown").splitlines()[0]
        assert first.startswith("> “") == (quote.form != "paraphrase"), quote.ref
        assert "“" not in first[:1] or quote.form != "paraphrase"


def test_in_markdown_a_translation_names_its_translator_and_both_days(view):
    assert (
        "; Lantern Isle; said 5 Mar 2031, published 7 Mar 2031; "
        "translated from Chinese by Tide Wire." in cited(view, "quote:tam-patience", "markdown")
    )


def test_in_markdown_words_published_when_they_were_said_have_one_day(view):
    assert "; said and published 5 Mar 2031; verbatim." in cited(
        view, "quote:noren-good-day", "markdown"
    )


def test_in_markdown_any_other_record_is_cited_by_name_and_text_with_links(view):
    assert cited(view, "issue:fishing", "markdown") == (
        "**Crab and fishing rights (Harbour talks, record to 30 Jun 2032)**. "
        "Whose nets may lie in the strait, and for how long.\n\nSources:\n\n"
        "- [M. Okonkwo, Strait Gazette, “Ports meet under the lantern”, 4 Mar 2031]"
        "(<https://gazette.example/lantern>)"
    )


def test_in_markdown_a_source_is_a_link(view):
    assert cited(view, "source:toll-act", "markdown") == (
        "[Northport Assembly, “Strait Toll Act 7 of 2031”, 1 Feb 2031]"
        "(<https://northport.example/acts/7>)"
    )


def kinds_of(written):
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": True}).parse(written)
    return [
        (token.type, token.attrs.get("href"))
        for outer in tokens
        for token in (outer, *(outer.children or ()))
        if token.type not in ("text", "text_special")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Head\n\n> quote",
        "<b>x</b> <script>y</script>",
        "[a](https://evil.example) ![b](c)",
        "https://evil.example www.evil.example",
        "**a** `b` ~~c~~ \\",
        "1. first",
        "- item",
    ],
)
@pytest.mark.parametrize("form", ["verbatim", "paraphrase"])
def test_in_markdown_no_words_are_more_than_words(view, text, form):
    changes = {"text": text, "to": text, "where": text, "via": text, "form": form}
    tame = dict.fromkeys(changes, "word") | {"form": form}

    hostile, harmless = (
        cited(of_quote(view, "noren-good-day", **changed), "quote:noren-good-day", "markdown")
        for changed in (changes, tame)
    )

    assert kinds_of(hostile) == kinds_of(harmless)


# CSL-JSON

CSL_TYPES = {"article-newspaper", "legislation", "speech", "webpage"}
CSL_FIELDS = {
    "id": str,
    "type": str,
    "title": str,
    "genre": str,
    "author": list,
    "container-title": str,
    "issued": dict,
    "language": str,
    "URL": str,
    "accessed": dict,
    "archive": str,
    "archive_location": str,
    "note": str,
}
"""The fields of the CSL data schema that are used, each with the type it has there."""


def is_csl(item):
    assert {"id", "type"} <= set(item) <= set(CSL_FIELDS)
    assert item["type"] in CSL_TYPES
    for name, value in item.items():
        assert isinstance(value, CSL_FIELDS[name])
        assert value
    for author in item.get("author", []):
        assert set(author) == {"literal"}
    for name in {"issued", "accessed"} & set(item):
        ((parts,),) = item[name].values()
        assert set(item[name]) == {"date-parts"}
        assert 1 <= len(parts) <= 3
        assert all(isinstance(part, int) for part in parts)


def test_csl_has_an_item_for_each_source_with_what_it_is_cited_for(view):
    broadsheet, gazette = items(view, "quote:tam-toll-paraphrase")

    assert broadsheet == {
        "id": "broadsheet-2031",
        "type": "article-newspaper",
        "genre": "A page on the talks, without a headline",
        "container-title": "unnamed broadsheet",
        "issued": {"date-parts": [[2031, 10]]},
        "language": "en",
        "note": "Statement of Tam Wai-lan, Harbour Master of Southport; said Oct 2031, "
        "published 28 Oct 2031; paraphrase, not the words; no headline was seen; its "
        "genre is our description; weak source",
    }
    assert gazette["author"] == [{"literal": "M. Okonkwo"}]
    assert gazette["URL"] == "https://gazette.example/lantern"
    assert gazette["issued"] == {"date-parts": [[2031, 3, 4]]}


def test_csl_notes_name_translator_ties_and_whose_text_a_page_carries(view):
    (notice,) = items(view, "quote:tam-patience")
    (mirror,) = items(view, "source:mirror-call")

    assert "translated from Chinese by Tide Wire; Southport’s own paper" in notice["note"]
    assert notice["language"] == "zh"
    assert mirror["note"] == "text of Tide Wire"
    assert mirror["author"] == [{"literal": "Tide Wire"}]


def test_csl_of_a_year_has_no_month_and_of_no_date_no_day(view):
    (almanac,) = items(view, "source:almanac")
    (leaflet,) = items(view, "source:undated-leaflet")

    assert almanac["issued"] == {"date-parts": [[2031]]}
    assert almanac["type"] == leaflet["type"] == "webpage"
    assert "issued" not in leaflet
    assert "URL" not in leaflet


def test_csl_tells_a_transcript_of_a_party_from_an_article_and_an_act_from_a_page(view):
    (speech,) = items(view, "quote:noren-steps")
    (page,) = items(view, "source:northport-transcript")
    act, *_ = items(view, "measure:north-toll")

    assert (speech["type"], speech["author"]) == ("speech", [{"literal": "Astrid Norén"}])
    assert (page["type"], page.get("author")) == ("webpage", None)
    assert act["type"] == "legislation"


def test_csl_takes_no_transcript_in_a_paper_for_a_speech(shipped_view):
    sources = {source.id: source.type for source in shipped_view.index.dataset.sources}
    quotes = [q for q in shipped_view.index.dataset.quotes if q.form == "transcript"]

    assert quotes
    for quote in quotes:
        for item in items(shipped_view, str(quote.ref)):
            # A speech is its speaker's, which its id says behind the source's.
            source = item["id"].removesuffix(f"-{quote.speaker_id}")
            assert (item["type"] == "speech") == (sources[source] == "primary")


def test_csl_of_a_page_of_a_later_day_has_neither_title_nor_address_of_it(view):
    (gazette, *_) = items(view.at(date(2032, 1, 18)), "issue:dredging")

    assert "title" not in gazette
    assert gazette["genre"] == "a page of a later date, its title withheld"
    assert "URL" not in gazette
    assert "Second round" not in json.dumps(gazette)


def test_an_address_that_may_not_be_opened_is_in_no_link(view):
    data = view.index.dataset
    sources = tuple(replace(s, address="javascript:alert(1)") for s in data.sources)
    hostile = View(Index(replace(data, sources=sources)), Notes())

    for name in ("quote:noren-hour", "source:toll-act", "issue:tolls"):
        assert "javascript" not in cited(hostile, name, "markdown")
        assert "javascript" not in cited(hostile, name, "csl-json")


def test_every_record_is_cited_in_every_style_with_every_source(view, shipped_view):
    for look in (view, shipped_view, shipped_view.at(date(2025, 10, 26))):
        for record in look.index.dataset.records():
            slugs = [record.id] if record.kind == "source" else [*record.source_ids]
            found = json.loads(citation(look, record.ref, "csl-json"))
            own = getattr(record, "speaker_id", "")
            ids = [i["id"].removesuffix(f"-{own}" * (i["type"] == "speech")) for i in found]
            assert ids == slugs
            for item in found:
                is_csl(item)
            if record.kind != "source":
                listed = citation(look, record.ref, "markdown").partition("Sources:\n\n")[2]
                assert len([*filter(None, listed.split("\n"))]) == len(slugs), record.ref


# The command


def show(capsys, *given):
    code = cli.main(["show", *given, "--dataset", str(HARBOUR)])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("style", STYLES)
def test_show_prints_the_citation_in_the_style_asked_for(view, capsys, style):
    code, out = show(capsys, "quote:noren-hour", "--cite", style)

    assert (code, out) == (0, f"{cited(view, 'quote:noren-hour', style)}\n")


def test_show_prints_the_citation_of_the_day(view, capsys):
    _, out = show(capsys, "issue:dredging", "--cite", "text", "--as-of", "2032-01-18")

    assert out == f"{cited(view.at(date(2032, 1, 18)), 'issue:dredging')}\n"


def test_show_prints_the_citation_as_json_too(view, capsys):
    _, text = show(capsys, "quote:noren-hour", "--cite", "text", "--json")
    _, csl = show(capsys, "quote:noren-hour", "--cite", "csl-json", "--json")

    assert json.loads(text) == {
        "ref": "quote:noren-hour",
        "citation": cited(view, "quote:noren-hour"),
    }
    assert json.loads(csl) == items(view, "quote:noren-hour")


def test_show_offers_exactly_the_styles_there_are(capsys):
    with pytest.raises(SystemExit):
        cli.main(["show", "--help"])

    assert f"--cite {{{','.join(STYLES)}}}" in capsys.readouterr().out


# Copies of pages

KEPT = {
    "archived": Archive(address="https://archive.example/2031/call_(1)", on=date(2031, 6, 1)),
    "checked": date(2031, 7, 2),
}


def with_copy(view, slug, **more):
    """A view in which a copy of a page is kept, which was checked since."""
    data = view.index.dataset
    kept = {**KEPT, **more}
    sources = tuple(replace(s, **kept) if s.id == slug else s for s in data.sources)
    return View(Index(replace(data, sources=sources)), Notes())


def test_a_citation_names_the_copy_of_the_page_and_when_it_was_checked(view):
    assert cited(with_copy(view, "wire-call"), "source:wire-call") == (
        "Tide Wire, “Leaders speak for an hour”, 21 May 2031, http://tide.example/call, "
        "checked 2 Jul 2031; archived 1 Jun 2031, https://archive.example/2031/call_(1)"
    )


def test_in_markdown_the_copy_is_a_link_of_its_own(view):
    text = cited(with_copy(view, "wire-call"), "source:wire-call", "markdown")

    assert text.endswith(
        ", checked 2 Jul 2031; [archived 1 Jun 2031](<https://archive.example/2031/call_(1)>)"
    )


def test_csl_has_the_archive_the_copy_in_it_and_the_day_of_access(view):
    (item,) = items(with_copy(view, "wire-call"), "source:wire-call")

    is_csl(item)
    assert item["archive"] == "archive.example"
    assert item["archive_location"] == "https://archive.example/2031/call_(1)"
    assert item["accessed"] == {"date-parts": [[2031, 7, 2]]}
    assert "archived 1 Jun 2031" in item["note"]
    assert item["URL"] == "http://tide.example/call"


def test_before_the_copy_was_made_a_citation_knows_none(view):
    before = with_copy(view, "wire-call").at(date(2031, 5, 31))
    (item,) = items(before, "source:wire-call")

    assert "archive" not in cited(before, "source:wire-call")
    assert "checked" not in cited(before, "source:wire-call")
    assert not {"archive", "archive_location", "accessed"} & set(item)


@pytest.mark.parametrize("form", ["md", "html", "text", "json"])
def test_documents_list_the_copy_with_the_source(view, form):
    kept = with_copy(view, "wire-call")
    text = render(page(kept, Ref.parse("round:may-call")), form)

    assert ("2031-06-01" if form == "json" else "archived 1 Jun 2031") in text
    assert "https://archive.example/2031/call_(1)" in text
