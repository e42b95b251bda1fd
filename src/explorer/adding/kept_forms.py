"""Forms that are being filled in, kept against crashes and power cuts.

They are this user's, on this machine, and lie where drafts of notes do: a folder for each
dataset, and in it one for each run of the program, see `draft_sessions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from explorer.notes import draft_sessions
from explorer.notes.draft_sessions import DRAFT, OwnDraft
from explorer.record.labels import shortened
from explorer.storage import files, folders
from explorer.text.sanitize import kept, one_line
from explorer.values import dataclass

_FORMAT = 1
_LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was left behind when the program was ended."""

    path: Path
    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What was being added, with its article."""
        from explorer.adding.form_kinds import FORM_KINDS

        try:
            return FORM_KINDS[self.data["parts"][0]["kind"]].title
        except (KeyError, IndexError, TypeError):
            return "something"

    @property
    def words(self) -> str:
        """What it is about, in a line."""
        try:
            typed = self.data["parts"][0]["typed"]
            said = [typed.get(key, "") for key in ("text", "name", "title", "words")]
            return shortened(one_line(next(filter(None, [*said, *typed.values()]), "")), 80)
        except (KeyError, IndexError, TypeError, AttributeError):
            return ""


class KeptForms:
    """The forms of a dataset, of which this run of the program has one at a time.

    Its calls wait for the disk, and may come from any thread.
    """

    def __init__(self, dataset_key: str) -> None:
        """Nothing is made before the first is kept."""
        self._key = files.digest(dataset_key.encode())[:16]
        self._own = OwnDraft(self._made_folder)

    @property
    def folder(self) -> Path:
        """Where they are. Raises OSError when there is no home."""
        return folders.state_folder() / "additions" / self._key

    def keep(self, data: Mapping[str, Any]) -> str:
        """Keep a form in place of the last one; what went wrong, if anything."""
        import tomli_w

        try:
            self._own.keep(tomli_w.dumps({"format": _FORMAT, **_kept(data)}).encode())
        except OSError as error:
            return f"What you type could not be kept as a draft: {files.explained(error)}"
        return ""

    @property
    def place(self) -> Path | None:
        """Where the form of this run is kept, once one was."""
        return self._own.path

    def drop(self) -> None:
        """Keep none any more: it was saved, or the person does not want it."""
        self._own.drop()

    def close(self) -> None:
        """End the session; a form that was not dropped is left behind."""
        self._own.close()

    def left_behind(self) -> list[KeptForm]:
        """The forms that earlier runs left, oldest first; what cannot be read stays."""
        with suppress(OSError):
            return sorted(self._found(), key=lambda kept: kept.path.stat().st_mtime)
        return []

    def _found(self) -> Iterator[KeptForm]:
        for folder in draft_sessions.sessions_in(self.folder):
            if folder == self._own.folder:
                continue
            with draft_sessions.held(folder) as is_dead:
                found = _read(folder / DRAFT) if is_dead else None
                if found is not None:
                    yield KeptForm(folder / DRAFT, found)
            if is_dead and found is None:  # not before: Windows removes no file that is open
                draft_sessions.tidy(folder)

    def taken(self, form: KeptForm) -> None:
        """Remove one that was left behind: it is kept elsewhere, or not wanted."""
        with draft_sessions.held(form.path.parent) as is_dead:
            draft_sessions.remove(form.path)
        if is_dead:
            draft_sessions.tidy(form.path.parent)

    def _made_folder(self) -> Path:
        folders.private_folder(self.folder)
        return self.folder

    def where(self) -> str:
        """Where the form of this run is kept, in words for the last line."""
        return one_line(str(self.place)) if self.place is not None else ""


def _kept(value: Any) -> Any:
    """What TOML can hold of plain values."""
    match value:
        case dict():
            return {kept(str(k)): _kept(each) for k, each in value.items() if each is not None}
        case list() | tuple():
            return [_kept(each) for each in value]
        case str():
            return kept(value)
        case _:
            return value


def _read(path: Path) -> Mapping[str, Any] | None:
    import tomli

    try:
        found = tomli.loads(files.read_limited(path, _LARGEST, follow=False).decode())
    except (OSError, ValueError, RecursionError):
        return None
    return found if found.get("format") == _FORMAT and found.get("parts") else None
