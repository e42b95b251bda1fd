"""`explorer notes share` and `sync`: notes that several people share by way of git."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TypedDict

from explorer import settings
from explorer.cli.command_result import CommandResult
from explorer.cli.output import shown_on_terminal
from explorer.errors import NoteError, UsageError
from explorer.notes import authors
from explorer.sharing.sync_report import SyncData
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.notes import NoteStore
    from explorer.view import View

_UNSIGNED = (
    "Your notes say no author, so the others will take them for their own: “explorer notes share "
    "--author NAME” signs them, and keeps the name in your settings."
)


class ShareData(TypedDict):
    """What was set up."""

    folder: str
    said: list[str]
    """The sentences that are printed without --json."""
    sync: SyncData | None
    """What the first sync did; null when there was none."""


def share(view: View, store: NoteStore, args: argparse.Namespace) -> CommandResult:
    """Set up the folder of notes for git, sign what nobody signed, and sync when it can be."""
    from explorer.sharing import sharing_setup
    from explorer.sharing.sync import sync

    if args.address and args.since:
        raise UsageError("--to and --from cannot go together: notes are sent to where they are")
    said = list(_signed(store, args.author))
    store = store.signed_as(args.author or settings.author())
    said += sharing_setup.set_up(store, to=args.address or "", since=args.since or "")
    report, trouble = None, ""
    try:
        if args.since:
            _refuse_notes_on_another(view, store)
        with shown_on_terminal() as progress:
            report = sync(store, join=bool(args.since), progress=progress)
        said += report.sentences
    except NoteError as error:
        trouble = one_line(str(error))
        said.append(trouble)
    name = view.index.dataset.negotiation.id
    if report is not None and report.has_remote:
        said.append(
            f"{sharing_setup.invitation(store, name)} From then on “explorer notes sync” does it "
            "all, here and there."
        )
    data: ShareData = {
        "folder": str(store.where),
        "said": said,
        "sync": None if report is None else report.as_data(),
    }
    return CommandResult(data, "\n".join(said), (), 1 if trouble else 0)


def _refuse_notes_on_another(view: View, store: NoteStore) -> None:
    """Raises NoteError when what was cloned is about another dataset, as it seems."""
    notes = store.load().notes.values()
    if notes and not any(view.index.current(note.ref) for note in notes):
        raise NoteError(
            f"No note of the {len(notes)} in {one_line(str(store.where))} is on a record of "
            f"{one_line(view.index.dataset.negotiation.name)}: they may be on another dataset, "
            "which is named last. Nothing was sent. If they are the right ones, “explorer notes "
            "sync” goes on; if not, remove that folder."
        )


def _signed(store: NoteStore, said: str | None) -> list[str]:
    """Keep the name that notes are signed with, and say what is known of it."""
    if said is None:
        if store.others.author:
            return [f"Your notes are signed “{store.others.author}”."]
        return [_UNSIGNED]
    if not (name := authors.cleaned(said)):
        raise UsageError("--author needs a name")
    if trouble := settings.keep("author", name):
        raise UsageError(f"the name could not be kept in the settings: {trouble}")
    return [f"Your notes are signed “{name}” from now on; the settings have it as author."]


def sync_notes(_: View, store: NoteStore, args: argparse.Namespace) -> CommandResult:
    """Commit, fetch, merge and send."""
    from explorer.sharing.sync import sync

    with shown_on_terminal() as progress:
        report = sync(store, join=args.join, progress=progress)
    code = 0 if report.has_remote else 1
    unsigned = (_UNSIGNED,) if report.committed.new and not store.others.author else ()
    return CommandResult(report.as_data(), "\n".join(report.sentences), unsigned, code)


def merge_driver(args: argparse.Namespace) -> int:
    """What git runs to merge a note; it needs neither dataset nor notes."""
    from explorer.sharing.merge_driver import merge_files

    return merge_files(args.base, args.ours, args.theirs, args.name or "")
