"""Sources to open and copy, citations, and what is written into files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from explorer.errors import TakenError, UsageError
from explorer.linear.leaf import Leaf
from explorer.linear.session import Deed, Session
from explorer.linear.whereabouts import OnRecord, Sources
from explorer.record import labels
from explorer.record.model import Source
from explorer.storage import files
from explorer.storage.file_extension import form_of
from explorer.text.sanitize import one_line, plain
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Ways:
    """What leaves the program for another."""

    open_address: Callable[[str], str | None]
    """Hands an address to the browser; returns why it was not, if it was not."""
    copy: Callable[[str], str | None]
    """Copies a text, and returns the program that took it; None when there is none."""


class TakingOut:
    """What the commands do that take something along."""

    def __init__(self, session: Session, ways: Ways) -> None:
        self._session = session
        self._ways = ways

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        return {
            "sources": self._sources,
            "copy": self._copy,
            "cite": self._cite,
            "brief": self._brief,
            "save": self._save,
            "export": self._export,
            "export_record": self._export_record,
        }

    # Sources.

    def _list(self) -> Leaf:
        """The sources of what is read, numbered as its statements number them."""
        session = self._session
        if isinstance(session.place, Sources):
            return session.leaf
        return session.leaf_of(Sources(session.place))

    def _sources(self, typed: str) -> None:
        session = self._session
        place = session.place
        if typed:
            self._open(self._source(typed))
        elif isinstance(place, OnRecord) and place.ref.kind == "source":
            self._open(session.view.index.source(place.ref))
        elif isinstance(place, Sources):
            session.read()
        else:
            session.visit(Sources(place))

    def _source(self, typed: str) -> Source:
        """A source by its number. Raises UsageError."""
        session = self._session
        place = session.place
        if not typed and isinstance(place, OnRecord) and place.ref.kind == "source":
            return session.view.index.source(place.ref)
        numbered = self._list().numbered
        if typed.isdecimal() and 1 <= int(typed[:9]) <= len(numbered):
            goal = numbered[int(typed[:9]) - 1].goals[0].place
            if isinstance(goal, OnRecord):
                return session.view.index.source(goal.ref)
        last = len(numbered)
        raise UsageError(f"say the number of a source, from 1 to {last}; o lists them")

    def _open(self, source: Source) -> None:
        address = one_line(source.address)
        if not address:
            self._session.say(f"{source.publisher} has no address there.")
            return
        reason = self._ways.open_address(source.address)
        if reason is None:
            self._session.say(f"Handed to your browser: {address}")
        else:
            self._session.say(f"Not opened: {reason}.", address)

    def _copy(self, typed: str) -> None:
        address = one_line(self._source(typed).address)
        program = self._ways.copy(address) if address else None
        if program is None:
            self._session.say("There is no program here that copies. The address is:", address)
        else:
            self._session.say(f"Copied with {program}: {address}")

    def _cite(self, typed: str) -> None:
        from explorer.documents.citation import STYLES, citation

        style = next((s for s in STYLES if s.startswith(typed.casefold() or "text")), None)
        if style is None:
            raise UsageError(f"a citation is in one of {', '.join(STYLES)}")
        text = plain(citation(self._session.view, self._session.record, style))
        self._session.say(*text.split("\n"))

    # Files.

    def _brief(self, typed: str) -> None:
        from explorer.documents import briefing

        session = self._session
        view, here = session.view, session.here
        shown = (here,) if not view.chosen and here.kind in ("issue", "round") else ()
        about = "the scope" if view.chosen else "what you read" if shown else "all issues"
        name = typed or f"{shown[0].id if shown else 'brief'}-{view.as_of}.md"
        path = _path(name)
        form = form_of(path, briefing.FORMS, "md")

        def write(*, force: bool) -> None:
            made = briefing.brief(
                view,
                issues=[ref for ref in shown if ref.kind == "issue"],
                rounds=[ref for ref in shown if ref.kind == "round"],
            )
            briefing.save(path, briefing.write(made, form), force=force)
            session.say(f"The briefing on {about} is in {one_line(str(path.absolute()))}")

        self._written(path, write)

    def _save(self, typed: str) -> None:
        """Write the sheet that is read into a file, in the form that its name says."""
        from explorer.documents.render import RENDERERS, render

        session = self._session
        sheet = session.leaf.sheet
        if sheet is None:
            raise UsageError("only records and views are written; go to one first")
        if not typed:
            raise UsageError("say into which file: “save page.txt”")
        forms = {ending: name for name, form in RENDERERS.items() for ending in form.extensions}
        path = _path(typed)
        form = form_of(path, forms, "text")

        def write(*, force: bool) -> None:
            if path.exists() and not force:
                raise TakenError(f"{one_line(str(path))} is there already")
            try:
                files.replace_file(path, render(sheet, form).encode())
            except OSError as error:
                shown = one_line(str(path))
                raise UsageError(f"{shown} could not be written: {files.why(error)}") from error
            session.say(f"Written to {one_line(str(path.absolute()))}")

        self._written(path, write)

    def _export(self, typed: str) -> None:
        from explorer.transfer import export, formats

        session = self._session
        path = _path(typed or "notes.md")
        form = form_of(path, formats.written_as(), "md")
        number = len(session.view.shown_notes())

        def write(*, force: bool) -> None:
            export.save(path, export.export(session.view, form), force=force)
            counted = labels.counted(number, "note")
            session.say(f"{counted} written to {one_line(str(path.absolute()))}")

        self._written(path, write)

    def _export_record(self, typed: str) -> None:
        """Write the record for other programs, in the format that the name of the file says."""
        from explorer.exports import export_formats, write_export
        from explorer.exports.exported import Exported
        from explorer.exports.record_tables import NOTES

        session = self._session
        if not typed:
            session.say(
                "Say into what: “export talks.sqlite”, “export sources.bib”, “export dates.ics”, "
                "“export quotes.csv”, or a folder for all tables: “export tables”. “export notes” "
                "writes your notes."
            )
            return
        if reason := _why_no_record(typed):
            raise UsageError(reason)
        path = _path(typed)
        known, table = export_formats.chosen(str(path), None, None)
        view = session.view
        if view.chosen and not (known.is_scoped or table):
            session.say("The whole record is written, for its tables lead to one another.")
            view = view.within(replace(view.scope, chosen=()))
        exported = Exported(
            view, with_notes=known.has_notes == "always" or table == NOTES, table=table
        )

        def write(*, force: bool) -> None:
            write_export.write(known, exported, path, force=force)
            shown = one_line(str(path.absolute()))
            session.say(f"The record as of {labels.day(view.as_of)} is in {shown}")

        self._written(path, write)

    def _written(self, path: Path, write: Callable[..., None]) -> None:
        """Write a file; over one that is there only after a yes."""
        session = self._session
        try:
            write(force=False)
        except TakenError:
            session.say(f"{one_line(str(path))} is there already. Write over it?")
            session.choose(
                words={"yes": lambda: write(force=True)},
                prompt="yes or no",
                otherwise="Nothing was written.",
            )


def _why_no_record(name: str) -> str:
    """Why the record cannot be written under a name, by how that ends; nothing when it can."""
    from explorer.exports import export_formats
    from explorer.transfer import formats

    ending, known = Path(name).suffix.lower(), export_formats.by_ending()
    if not ending or ending in known or ending == ".csv":
        return ""
    if ending in formats.written_as():
        return f"{ending} is a form of notes: “export notes {one_line(name)}”"
    endings = ", ".join(known)
    return (
        f"no format is known for {one_line(ending)}; end it in one of {endings}, or name a folder"
    )


def _path(name: str) -> Path:
    """The file a person means. Raises UsageError."""
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{one_line(name)}: {one_line(str(error))}") from None
