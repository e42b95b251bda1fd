"""The record read again when its files have changed: looked at whenever a command is given."""

from __future__ import annotations

from explorer import dataset, opening
from explorer.linear.session import Session
from explorer.opening import Opened
from explorer.record.index import Index
from explorer.text.sanitize import plain


class FreshFiles:
    """Knows how the files were when what is read here was made of them."""

    def __init__(self, session: Session, opened: Opened) -> None:
        self._session, self._opened = session, opened
        self._known = opened.files.state if opened.files is not None else None

    def look(self) -> bool:
        """Read them again if they are others now, and say so; whether the record is another."""
        files, session = self._opened.files, self._session
        if files is None or files.look() == self._known:
            return False
        try:
            self.read()
        except dataset.DatasetError as error:
            where = "“explorer check” names every problem. What is read here is as it was."
            session.say("The files of the dataset have changed, and have problems now:")
            session.say(plain(str(error)).split("\n")[0], where, "")
            return False
        session.say("The files of the dataset have changed, and were read again.", "")
        return True

    def read(self) -> Index:
        """Read them, and look at what they say now. Raises DatasetError."""
        files, session, opened = self._opened.files, self._session, self._opened
        assert opened.path is not None, "it was read from there"
        if files is not None:
            self._known = files.look()  # before they are read: what changes meanwhile is read again
        any_size = files is not None and files.any_size
        index = dataset.load(opened.path, any_size=any_size, overlays=opened.overlays)
        session.view = opening.renewed(session.view, index)
        session.renew()
        return index
