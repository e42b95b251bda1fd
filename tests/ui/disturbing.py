"""Other programs that change files beneath the app: editors, what syncs, a colleague’s."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from explorer.notes import NoteStore, Words
from explorer.record.model import Ref


class Disturbance:
    """Does one of many things to the files of a dataset or of the notes on it, by a number."""

    def __init__(self, data: Path, notes: Path, key: str, subjects: tuple[Ref, ...]) -> None:
        """`key` is the name of the dataset's notes, which are on `subjects`."""
        self._data, self._notes, self._key, self._subjects = data, notes, key, subjects
        self._sound = {path: path.read_bytes() for path in sorted(data.glob("*.toml"))}

    def __call__(self, number: int) -> None:
        dice = random.Random(number)
        dice.choice(self._WAYS)(self, dice)

    def _file(self, dice: random.Random) -> Path:
        return dice.choice(list(self._sound))

    def restore(self, _dice: random.Random | None = None) -> None:
        """Have the dataset as it was."""
        for path, content in self._sound.items():
            path.write_bytes(content)

    def _comment(self, dice: random.Random) -> None:
        with self._file(dice).open("a", encoding="utf-8") as file:
            file.write("\n# a comment\n")

    def _other_words(self, dice: random.Random) -> None:
        path = self._file(dice)
        text = self._sound[path].decode("utf-8")
        path.write_text(text.replace("the ", "THE ").replace("toll", "levy"), "utf-8")

    def _half(self, dice: random.Random) -> None:
        path = self._file(dice)
        path.write_bytes(self._sound[path][: len(self._sound[path]) // 2])

    def _nothing_in_it(self, dice: random.Random) -> None:
        self._file(dice).write_bytes(b"")

    def _gone(self, dice: random.Random) -> None:
        self._file(dice).unlink(missing_ok=True)

    def _new_note(self, dice: random.Random) -> None:
        author = dice.choice(("", "Ben"))
        store = NoteStore(self._notes, self._key, author=author)
        for ref in dice.sample(self._subjects, k=2):
            store.save(ref, Words(f"words of another {dice.random()} #tag"), name="", note=None)

    def _note(self, dice: random.Random) -> Path | None:
        notes = sorted(self._notes.rglob("*.toml"))
        return dice.choice(notes) if notes else None

    def _note_gone(self, dice: random.Random) -> None:
        if note := self._note(dice):
            note.unlink()

    def _note_garbled(self, dice: random.Random) -> None:
        if note := self._note(dice):
            note.write_bytes(note.read_bytes()[:-9] + b"\xff\x00")

    def _note_twice(self, dice: random.Random) -> None:
        if note := self._note(dice):
            copy = f"{note.stem}.sync-conflict-20320101-101010-ABCDEFG.toml"
            note.with_name(copy).write_bytes(note.read_bytes().replace(b"words", b"WORDS"))

    def _notes_gone(self, _dice: random.Random) -> None:
        shutil.rmtree(self._notes, ignore_errors=True)

    _WAYS: tuple[Callable[[Disturbance, random.Random], None], ...] = (
        *(restore, restore, restore, _comment, _other_words, _half, _nothing_in_it, _gone),
        *(_new_note, _new_note, _new_note, _note_gone, _note_garbled, _note_twice, _notes_gone),
    )
