"""People who share notes by way of a real git, for tests."""

from __future__ import annotations

import subprocess

from explorer.notes import NoteStore, Words
from explorer.record.model import Ref
from explorer.sharing.sync import sync

RARE, SOY = Ref("issue", "rare-earths"), Ref("issue", "soybeans")


class Person:
    """Somebody with a folder of notes of their own."""

    def __init__(self, folder, name):
        self.store = NoteStore(folder / name.lower(), "key", author=name)
        self.where = self.store.where

    def write(self, text, note=None, ref=RARE, **words):
        return self.store.save(ref, Words(text, **words), name="Rare earths", note=note).note

    def rewrite(self, note, text):
        """As in an editor of files, whoever wrote the note."""
        path = self.where / "notes" / note.path.name
        path.write_text(path.read_text().replace(note.text, text))

    def sync(self, **options):
        return sync(self.store, **options)

    def git(self, *words, code=0):
        done = subprocess.run(
            ["git", "-c", "user.name=X", "-c", "user.email=x@localhost", *words],
            cwd=self.where,
            capture_output=True,
            text=True,
            check=False,
        )
        assert code is None or done.returncode == code, done.stderr
        return done.stdout.strip()

    @property
    def notes(self):
        return self.store.load()

    @property
    def texts(self):
        return sorted(note.text for note in self.notes.all())

    @property
    def every_word(self):
        """All words that are among the notes, in whichever file."""
        files = (self.where / "notes").glob("*")
        data = b" ".join(path.read_bytes() for path in files)
        return set(data.decode(errors="replace").replace('"', " ").split())
