"""A note in the person's own editor, which has the terminal meanwhile; its words come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explorer import settings
from explorer.linear.note_lines import Correcting, Draught
from explorer.linear.session import Session
from explorer.notes.edited_file import EditorError, HandedOut, editor, ended
from explorer.record import labels
from explorer.storage import files
from explorer.text.sanitize import kept

Edit = Callable[[list[str], Path], int]
"""Runs an editor on a file, and returns how it ended."""


class OutsideEditor:
    """Lets it have the words of a note; what cannot be taken as it is, is corrected here."""

    def __init__(
        self, session: Session, run: Edit | None, correct: Callable[[Draught], None]
    ) -> None:
        """`run` needs a terminal; `correct` goes on line by line."""
        self._session = session
        self._run_editor = run
        self._correct = correct

    def edit(self, draught: Draught) -> None:
        """Let the person's own editor have the words; what cannot be taken is corrected here."""
        session = self._session
        if self._run_editor is None:
            session.say("An editor needs a terminal, and there is none here. Line by line:")
            self._correct(draught)
            return
        try:
            command = editor(settings.editor())
            handed = HandedOut(draught.text)
            code = self._run_editor(command, handed.path)
        except EditorError as error:
            session.say(f"{error} Here it is line by line.")
            self._correct(draught)
            return
        except OSError as error:
            session.say(f"The editor could not be used: {files.explained(error)}")
            self._correct(draught)
            return
        self._take_back(draught, handed, code)

    def _take_back(self, draught: Draught, handed: HandedOut, code: int) -> None:
        """Save what an editor left, or have it looked at first when not all went well."""
        session, returned = self._session, handed.back()
        how = f"The editor {ended(code)}. " if code else ""
        if returned.text is None:
            session.say(f"{how}Nothing came back: {returned.trouble}.")
            self._as_before(draught)
            return
        if not returned.text.strip() or not handed.has_changed(returned.text):
            handed.put_away()
            is_empty = not returned.text.strip()
            session.say(
                f"{how}{'The text came back empty' if is_empty else 'Nothing was changed'}."
            )
            self._as_before(draught)
            return
        draught.lines[:] = kept(returned.text).split("\n")
        if not draught.keep():
            handed.put_away()
        mode = Correcting(draught, session.say, session.close_mode, self.edit)
        session.mode = mode
        if code or returned.trouble:
            more = f"{labels.sentence(returned.trouble)} " if returned.trouble else ""
            session.say(f"{how}{more}Look at what it wrote, and save it.")
            mode.begin()
        else:
            mode.ended()

    def _as_before(self, draught: Draught) -> None:
        """Go on with words that are not saved; leave a note that is as it was."""
        if draught.is_changed:
            self._correct(draught)
        else:
            self._session.close_mode()
            draught.drafts.drop()
            self._session.say("It stays as it was.")
