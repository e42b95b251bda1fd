"""Whether it is clear who holds, says and belongs to what."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.dataset.checked import Checked, Finding, Whole
from explorer.record import model
from explorer.record.days import first_day, last_day


def one_sided_days_lack_a_side(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if not isinstance(checked.table, model.OneSided):
        return
    if not checked.table.delegation_ids:
        yield checked.wrong("delegation_ids", "is empty; name the side whose documents are known")
    elif whole.parties and whole.parties <= set(checked.table.delegation_ids):
        yield checked.wrong("delegation_ids", "names every party; then the days are not one-sided")


def silence_names_its_document(whole: Whole, checked: Checked) -> Iterator[Finding]:
    account = checked.table
    if (
        isinstance(account, model.Account)
        and account.stance == "silent"
        and not account.document_id
    ):
        message = "is needed with “silent”: name the document that says nothing of it"
        yield checked.wrong("document_id", message)


def coalitions_have_members(whole: Whole, checked: Checked) -> Iterator[Finding]:
    match checked.table:
        case model.Delegation(type=kind, members=members) if members and kind != "coalition":
            yield checked.wrong("members", f"belong to a coalition, and its type is “{kind}”")
        case model.Member(delegation_id=slug, name=name) if bool(slug) == bool(name):
            message = "needs either the id of its `delegation` or, when it is none, its `name`"
            yield checked.wrong("", message)
        case model.Member(delegation_id=slug) if slug == checked.record.id:
            yield checked.wrong("delegation_id", "names the coalition itself")


def positions_are_held(whole: Whole, checked: Checked) -> Iterator[Finding]:
    held = checked.table
    if not isinstance(held, model.Position):
        return
    if not held.delegation_ids:
        yield checked.wrong("delegation_ids", "is empty; name who holds the position")
    if held.count is not None and held.count <= len(held.delegation_ids):
        message = "must be more than the delegations named; leave it out when all of them are"
        yield checked.wrong("count", message)
    if held.divided and not any(whole.types.get(s) == "coalition" for s in held.delegation_ids):
        yield checked.wrong("divided", "is for a coalition, and none holds this position")
    if (slug := held.departs_from_id) and whole.types.get(slug, "coalition") != "coalition":
        yield checked.wrong("departs_from_id", f"must name a coalition, and “{slug}” is none")
    stance = whole.negotiation.meaning("stance", held.stance or "")
    if stance == "red line" and not (held.words or held.quote_id):
        message = "is a red line only where words draw it: give them as `words`, or a `quote`"
        yield checked.wrong("stance", message)


def speakers_hold_a_role(whole: Whole, checked: Checked) -> Iterator[Finding]:
    quote = checked.table
    if not isinstance(quote, model.Quote):
        return
    speaker = whole.delegates.get(quote.speaker_id)
    if speaker is None or speaker.office:
        return
    day = last_day(quote.day)
    if not any(role.since is None or first_day(role.since) <= day for role in speaker.roles):
        message = f"{speaker.name} speaks on {day.isoformat()}, before any role is given"
        yield checked.wrong("speaker_id", message)
