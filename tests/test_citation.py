"""A record as it may be cited."""

from __future__ import annotations

from explorer.citation import citation
from explorer.model import Ref


def cited(view, name):
    return citation(view, Ref.parse(name))


def test_words_are_cited_with_speaker_role_day_form_and_source(view):
    assert cited(view, "quote:noren-good-day") == (
        "“It was a good day for the strait” — Astrid Norén, Deputy Envoy of Northport, "
        "Reporters on the quay, Lantern Isle, 5 Mar 2031, verbatim.\n"
        "Source: M. Okonkwo, Strait Gazette, “Ports meet under the lantern”, 4 Mar 2031, "
        "https://gazette.example/lantern"
    )


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
