"""All notes on a dataset, as they are known now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property
from itertools import chain

from explorer.notes import file_names
from explorer.notes.note import Damaged, Note, Saved
from explorer.record.model import Ref
from explorer.values import dataclass


@dataclass(frozen=True)
class Notes:
    """All notes on a dataset, as they were when loaded."""

    notes: Mapping[str, Note] = field(default_factory=dict, hash=False)
    """By id."""
    copies: Mapping[str, tuple[Note, ...]] = field(default_factory=dict, hash=False)
    """Conflict copies by the id of the note they stand beside, oldest first."""
    damaged: tuple[Damaged, ...] = ()
    are_off: bool = False
    """Whether none could be looked for, so that there may be any."""
    are_being_read: bool = False
    """Whether those on disk are not known yet; what was saved meanwhile is."""
    elsewhere: tuple[str, ...] = ()
    """The files of notes that a sync tool has and has not put here yet."""
    owner: str = ""
    """How the reader signs their own; nothing when they do not."""
    hides_others: bool = False
    """Whether the notes of other people are not to be shown."""

    def on(self, ref: Ref) -> tuple[Note, ...]:
        """The notes on a record, oldest first."""
        return self._by_ref.get(ref, ())

    def looked_through(self) -> Notes:
        """The same, with what takes a moment done: for a thread that nobody waits for."""
        _ = self._by_ref, self._copies_by_ref, self._newest_first
        return self

    def by_id(self, note_id: str) -> Note | None:
        """One note."""
        return self.notes.get(note_id)

    def conflicts_of(self, note_id: str) -> tuple[Note, ...]:
        """What was saved beside a note, which had changed meanwhile."""
        return self.copies.get(note_id, ())

    def copies_on(self, ref: Ref) -> tuple[Note, ...]:
        """The conflict copies of all notes on a record, also of those that are gone."""
        return self._copies_by_ref.get(ref, ())

    def damaged_of(self, ref: Ref) -> tuple[Damaged, ...]:
        """The damaged files that stand where notes on a record would be."""
        if not self.damaged:
            return ()
        return tuple(
            file
            for file in self.damaged
            if file.ref == ref
            or (
                not file_names.is_copy(file.path)
                and file_names.is_on(file_names.id_of(file.path), ref)
            )
        )

    def all(self) -> tuple[Note, ...]:
        """The notes, last changed first, without conflict copies."""
        return self._newest_first

    def all_copies(self) -> tuple[Note, ...]:
        """The conflict copies."""
        return self._shown(chain.from_iterable(self.copies.values()))

    def of_others(self) -> tuple[Note, ...]:
        """The notes of other people, hidden or not."""
        return tuple(note for note in self.notes.values() if note.others)

    def signed(self, note: Note) -> str:
        """Who wrote a note, as far as anybody says."""
        return note.author or note.others or self.owner

    def answers_to(self, note_id: str) -> tuple[Note, ...]:
        """The notes that answer one, oldest first."""
        return self._answers.get(note_id, ())

    def every_version(self) -> tuple[Note, ...]:
        """The notes, then all conflict copies; those of others that are hidden, too."""
        return (*self.notes.values(), *chain.from_iterable(self.copies.values()))

    def with_note(self, note: Note) -> Notes:
        """The same with this note, or this conflict copy, as it now is."""
        if not note.is_copy:
            damaged = tuple(file for file in self.damaged if file.path != note.path)
            return replace(self, notes={**self.notes, note.id: note}, damaged=damaged)
        others = [copy for copy in self.conflicts_of(note.id) if copy.path != note.path]
        copies = sorted([*others, note], key=lambda copy: copy.path.name)
        return replace(self, copies={**self.copies, note.id: tuple(copies)})

    def after(self, saved: Saved) -> Notes:
        """The same after a save, with what another program left in the note's place."""
        notes = self.with_note(saved.note)
        if (gone := saved.gone) is not None:
            notes = notes.without_copy(gone) if gone.is_copy else notes.without(gone)
        if saved.conflict is None:
            return notes
        match saved.stands:
            case Note() as theirs:
                return notes.with_note(theirs)
            case Damaged() as damaged:
                others = tuple(file for file in notes.damaged if file.path != damaged.path)
                kept = notes.without(saved.note)
                return replace(kept, damaged=(*others, damaged))
            case None:
                return notes.without(saved.note)

    def without(self, note: Note) -> Notes:
        """The same without the note of this id; its conflict copies stay."""
        return replace(self, notes={k: n for k, n in self.notes.items() if k != note.id})

    def without_copy(self, copy: Note) -> Notes:
        """The same without one conflict copy."""
        copies = {key: kept for key, kept in self.copies.items() if key != copy.id}
        others = tuple(c for c in self.conflicts_of(copy.id) if c.path != copy.path)
        return replace(self, copies={**copies, copy.id: others} if others else copies)

    @cached_property
    def _newest_first(self) -> tuple[Note, ...]:
        shown = self._shown(self.notes.values())
        by_name = sorted(shown, key=lambda note: (str(note.ref), note.id))
        return tuple(sorted(by_name, key=lambda note: note.changed, reverse=True))

    @cached_property
    def _by_ref(self) -> Mapping[Ref, tuple[Note, ...]]:
        shown = self._shown(self.notes.values())
        return _grouped(sorted(shown, key=lambda note: (note.created, note.id)))

    @cached_property
    def _answers(self) -> Mapping[str, tuple[Note, ...]]:
        answers: dict[str, tuple[Note, ...]] = {}
        for note in sorted(self.all(), key=lambda note: (note.created, note.id)):
            if note.answers:
                answers[note.answers] = (*answers.get(note.answers, ()), note)
        return answers

    @cached_property
    def _copies_by_ref(self) -> Mapping[Ref, tuple[Note, ...]]:
        return _grouped(self.all_copies())

    def _shown(self, notes: Iterable[Note]) -> tuple[Note, ...]:
        return tuple(note for note in notes if not (self.hides_others and note.others))


def _grouped(notes: Iterable[Note]) -> Mapping[Ref, tuple[Note, ...]]:
    grouped: dict[Ref, tuple[Note, ...]] = {}
    for note in notes:
        grouped[note.ref] = (*grouped.get(note.ref, ()), note)
    return grouped
