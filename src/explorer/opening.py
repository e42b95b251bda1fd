"""Reading a dataset and the notes on it: what a first view is made of."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer import dataset, settings
from explorer.dataset import watched
from explorer.dataset.watched import Watched
from explorer.errors import NoteError, UsageError
from explorer.notes import Notes, NoteStore
from explorer.record.filter_texts import FilterTexts
from explorer.record.model import KINDS
from explorer.storage import files, folders
from explorer.text.sanitize import one_line
from explorer.values import dataclass
from explorer.view import View

if TYPE_CHECKING:
    from explorer.dataset.progress import Progress
    from explorer.record.index import Index
    from explorer.record.model import Ref


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read: the first view, and where its notes are kept."""

    view: View
    store: NoteStore | None
    """None when notes are off: their folder cannot be read, or there is none."""
    trouble: str = ""
    """What the person should know about the notes."""
    path: Path | None = None
    """Where the dataset is."""
    overlays: Path | None = None
    """The folder of what the reader added to datasets; None when that is off."""
    is_overlay_asked: bool = False
    """Whether the person chose where their own additions are, and so that they are apart."""

    def overlay(self, index: Index | None = None) -> Path | None:
        """The folder that additions go to; None when they go into the dataset itself.

        `index` is what was read last, when that is no longer what was opened. Raises UsageError
        when nothing can be added.
        """
        from explorer.dataset import overlay

        assert self.path is not None, "it was read from there"
        additions = (index or self.view.whole).additions
        if self.is_overlay_asked or overlay.is_needed(self.path):
            if additions is None:
                raise UsageError(
                    f"{one_line(str(self.path))} cannot be added to, and what you add yourself is "
                    "off. Name a folder for it with --overlay DIR or EXPLORER_OVERLAY."
                )
            if additions.trouble:
                raise UsageError(f"What you added before has problems. {additions.trouble}")
            return additions.folder
        return None

    files: Watched | None = None
    """What it was read from, to be read again when that changes."""
    place: str = ""
    """A name for where the dataset lies, wherever a release of it is installed."""


MANY = 200
"""Notes that are read before anything is shown; who has more sees the record first."""


_NAMED = 5
"""Files that cannot be read, of which more need not be listed at the start."""
_OFF = "Notes are off."
_ELSEWHERE = "Name another folder with --notes DIR or EXPLORER_NOTES."


def read(
    path: Path,
    notes_folder: Path | None,
    as_of: str | None = None,
    *,
    also: Sequence[Path] = (),
    option: str = "--as-of",
    any_size: bool = False,
    progress: Progress | None = None,
    many_notes_later: bool = False,
    overlays: Path | None = None,
    is_overlay_asked: bool = False,
) -> Opened:
    """Read a dataset and the notes on it, as of a day that a person said with an option.

    `also` are folders of colleagues, besides those that were set. No folder of notes is given
    when this user has none, and no `progress` when nobody is
    to see how far it is. With `many_notes_later` many notes are not read: the view then says
    that they are being read, and somebody has to do it. `overlays` is the folder of what the
    reader added to datasets, and is not given when that is off.

    Raises DatasetError, and UsageError when that is no day; with `progress` also Stopped.
    """
    files = Watched(path, any_size, overlays, watched.look(path, overlays))
    try:
        index = dataset.load(path, any_size=any_size, progress=progress, overlays=overlays)
    except dataset.DatasetError as error:
        error.files = files
        raise
    opened = replace(
        _read(index, notes_folder, also, many_notes_later=many_notes_later),
        path=path,
        place=place_of(path),
        overlays=overlays,
        is_overlay_asked=is_overlay_asked,
        files=files,
    )
    if as_of is None:
        return opened
    try:
        return replace(opened, view=opened.view.at(opened.view.day_said(as_of)))
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def read_beforehand(index: Index, view: View) -> FilterTexts:
    """What looking at newly read records will need; for a thread to do before they are shown."""
    texts = FilterTexts()
    for kind in KINDS:
        index.refs_to(index.refs(kind)[:1])  # finds the numbers of all
        if kind in view.texts:
            texts.read(index, kind)
    return texts


def renewed(view: View, index: Index, texts: FilterTexts | None = None) -> View:
    """The same view of a record that was read anew, because its files have changed.

    Its notes stay, the day as far as it is covered, and the scope as far as its records are
    there; its news, until somebody has looked the files over. `texts` were read beforehand.
    """
    fresh = View(
        index, view.notes, reader=view.reader, texts=texts or FilterTexts(), news=view.news
    )
    scope = view.scope.following(partial(now, index))
    there = fresh.at(view.asked or scope.as_of)
    return replace(there, scope=fresh.within(replace(scope, as_of=there.scope.as_of)).scope)


def now(index: Index, ref: Ref) -> Ref:
    """A record as it is called now; as it was when it is gone."""
    return index.current(ref) or ref


def place_of(path: Path) -> str:
    """What is seen of a dataset is remembered under this: its folder, or that it comes along."""
    ours = {os.path.realpath(known): name for name, known in dataset.bundled().items()}
    where = os.path.realpath(path)
    return f"comes along: {ours[where]}" if where in ours else where


def _read(
    index: Index, notes_folder: Path | None, also: Sequence[Path], *, many_notes_later: bool
) -> Opened:
    try:
        store = _store(notes_folder, index.dataset.negotiation.id, also)
        is_later = many_notes_later and store.has_more_than(MANY)
        notes = Notes(are_being_read=True) if is_later else store.load()
        notes = replace(notes, hides_others=settings.hides_others())
    except NoteError as error:
        off = f"{_OFF} {one_line(str(error))} {_ELSEWHERE}"
        return Opened(View(index, Notes(are_off=True)), None, off)
    return Opened(View(index, notes), store, trouble_with(notes, store))


def _store(folder: Path | None, dataset_key: str, also: Sequence[Path]) -> NoteStore:
    if folder is None:
        raise NoteError("This user has no home folder to keep them in.")
    if (file := _file_in_place_of(folder)) is not None:
        raise NoteError(f"“{file}” is not a folder.")
    try:
        also = (*also, *settings.also())
        return NoteStore(folder, dataset_key, author=settings.author(), also=also)
    except OSError as error:  # a name that is taken from a working folder that is gone
        raise NoteError(f"Their folder “{folder}” cannot be found: {files.why(error)}.") from error


def _file_in_place_of(folder: Path) -> Path | None:
    """What stands where a folder would be looked for or made, and is none."""
    with suppress(OSError):
        there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
        return there if there.exists() and not there.is_dir() else None
    return None


def trouble_with_additions(index: Index, listed_by: str = "") -> str:
    """What a person should know about what they added to the dataset themselves.

    The problems follow, unless a key lists them.
    """
    if (additions := index.additions) is None:
        return ""
    if additions.trouble:
        said = "What you added yourself is left out, for it has problems; it is left untouched."
        return f"{said} {listed_by} lists them." if listed_by else f"{said}\n{additions.trouble}"
    return "\n".join(additions.aside)


def trouble_with_placeholders(notes: Notes) -> str:
    """What a person should know about notes that are not on this machine."""
    if not (number := len(notes.elsewhere)):
        return ""
    are = "1 note is" if number == 1 else f"{number} notes are"
    return f"{are} with iCloud and not on this machine yet; the Finder downloads what is missing."


def trouble_with(notes: Notes, store: NoteStore) -> str:
    """What a person should know about notes that were read, and about where they are kept."""
    return "\n".join(filter(None, _troubles(notes, store)))


def _troubles(notes: Notes, store: NoteStore) -> Iterator[str]:
    if not folders.can_write(store.where):
        where = one_line(str(store.where))
        yield f"Notes cannot be saved: nothing may be written in {where}. {_ELSEWHERE}"
    if notes.damaged:
        yield "Some files among the notes cannot be read; they are left untouched:"
        yield from (one_line(str(file.path)) for file in notes.damaged[:_NAMED])
        more = len(notes.damaged) - _NAMED
        yield f"and {more} more; “explorer notes list” names all." if more > 0 else ""
    yield trouble_with_placeholders(notes)
    yield from map(one_line, store.others.trouble)
