"""A note being written or corrected, line by line. Every line is kept as a draft at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from explorer.errors import NoteError
from explorer.notes import Draft, Drafts, Note, Saved, Words
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line, plain

Save = Callable[[Words, Note | None], Saved]
"""Saves words over a note; None for a new one. Raises NoteError."""

WRITING_BRIEFLY = "A line with a single dot saves it, “.?” explains more."
WRITING_HELP = (
    "A line with a single dot saves the note, and so does Ctrl+D. “.l” reads back what you wrote, "
    "“.e” corrects it, “.q” leaves it as a draft. A line of two dots is one dot in the note."
)
CORRECTING_HELP = (
    "A number replaces that line: “2”, or “2 the new words”. “/old/new/” puts new words for old "
    "ones. “d 2” deletes a line, “i 2” writes one before it, “a” writes at the end. “l” reads all, "
    "“e” opens your own editor, “.” or “save” saves, “q” leaves it as a draft."
)
LONGEST_LINE = 4095
"""Bytes of a line that a terminal passes on; what is typed beyond them it drops."""


@dataclass
class Draught:
    """What is being written, and what it is to replace."""

    ref: Ref
    name: str
    """What the record is called."""
    note: Note | None
    words: Words
    """All but the text is as it will be saved."""
    lines: list[str]
    save: Save
    saved: Callable[[Saved], None]
    drafts: Drafts
    base: str | None = None
    """The digest of the note when the writing began, when that is no longer the note's."""

    @property
    def text(self) -> str:
        """What was written so far."""
        return "\n".join(self.lines).strip("\n")

    @property
    def now(self) -> Words:
        """What would be saved."""
        return replace(self.words, text=self.text)

    def keep(self) -> str:
        """Keep it as a draft, safe on the disk; what went wrong, if anything."""
        known = (self.note.id, self.note.digest) if self.note is not None else (None, None)
        trouble = self.drafts.keep(Draft(self.ref, self.now, *known))
        return plain(str(trouble)) if trouble is not None else ""

    @property
    def is_changed(self) -> bool:
        """Whether anything would be lost without a draft."""
        before = self.note.text if self.note is not None else ""
        return bool(self.text.strip()) and self.text.strip() != before.strip()


class _Mode:
    """What writing and correcting share."""

    prompt = ""

    def __init__(
        self, draught: Draught, say: Callable[[str], None], close: Callable[[], None]
    ) -> None:
        self.draught = draught
        self.say = say
        self.close = close

    def finish(self, then: Callable[[], None]) -> None:
        """Save; when that cannot be done, `then` goes on with the words that are here."""
        draught = self.draught
        if not draught.text.strip():
            self.close()
            draught.drafts.drop()
            if draught.note is None:
                self.say("Nothing was written, so there is no note.")
            else:
                self.say("The text is empty, so the note stays as it was. “delete” deletes it.")
            return
        try:
            saved = draught.save(draught.now, draught.note)
        except NoteError as error:
            trouble = draught.keep()
            kept = trouble or "It is kept as a draft as well."
            self.say(f"{error.title}. {plain(str(error))} Your words are still here. {kept}")
            then()
            return
        self.close()
        draught.drafts.drop()
        draught.saved(saved)

    def lay_by(self) -> None:
        """Leave it unsaved, as a draft that is offered again."""
        self.close()
        draught = self.draught
        if not draught.is_changed:
            draught.drafts.drop()
            self.say("Nothing was changed." if draught.note else "Nothing was written.")
            return
        if trouble := draught.keep():
            from explorer.storage.crash_report import rescued

            path = rescued(draught.text)
            where = f" Your words are in {one_line(str(path))}." if path is not None else ""
            self.say(f"{trouble}{where}")
            return
        # Its session ends, so that another note can be written and this one is offered again.
        draught.drafts.close()
        self.say("Not saved. It is kept as a draft: “drafts” takes it up, and so does a new start.")

    def broken_off(self) -> None:
        self.lay_by()

    def keep_line(self, line: str) -> None:
        """After a line has come in."""
        if len(line.encode("utf-8", "replace")) >= LONGEST_LINE:
            self.say(
                f"That line is as long as a terminal passes on, {LONGEST_LINE} bytes. Read it back "
                "with “.l”, for its end may be missing."
            )
        if trouble := self.draught.keep():
            self.say(trouble)

    def read_back(self) -> None:
        """Read what is written, its lines numbered."""
        for number, line in enumerate(self.draught.lines, start=1):
            self.say(f"{number}. {plain(line) or '(empty)'}")
        if not self.draught.lines:
            self.say("Nothing is written yet.")


class Writing(_Mode):
    """Lines, until one with a single dot."""

    prompt = "Note"

    def __init__(
        self,
        draught: Draught,
        say: Callable[[str], None],
        close: Callable[[], None],
        correct: Callable[[Draught], None],
    ) -> None:
        super().__init__(draught, say, close)
        self._correct = correct

    def take(self, line: str) -> bool:
        match line.strip():
            case ".":
                self.ended()
            case ".?":
                self.say(WRITING_HELP)
            case ".l":
                self.read_back()
            case ".e":
                self._correct(self.draught)
            case ".q":
                self.lay_by()
            case stripped:
                self.draught.lines.append("." if stripped == ".." else line.rstrip("\r\n"))
                self.keep_line(line)
        return True

    def ended(self) -> None:
        self.finish(lambda: self._correct(self.draught))


class Correcting(_Mode):
    """A text whose lines are replaced, deleted and added by their numbers."""

    prompt = "Correct"

    def __init__(
        self,
        draught: Draught,
        say: Callable[[str], None],
        close: Callable[[], None],
        edit: Callable[[Draught], None],
    ) -> None:
        super().__init__(draught, say, close)
        self._edit = edit
        self._at: tuple[str, int] | None = None
        """What the next line does: replaces one, or is put before one."""

    def begin(self) -> None:
        """Read the text, and say what can be done."""
        self.read_back()
        self.say("A number replaces that line, “.” saves, “?” explains more.")

    def take(self, line: str) -> bool:
        if self._at is not None:
            self._put(line)
            return True
        first, _, rest = line.strip().partition(" ")
        if first.startswith("/"):
            self._replace(line.strip())
        elif first.isdecimal():
            if (number := self._number(first)) is not None:
                self._begin("anew", number, rest)
        elif (deed := self._deeds.get(first.casefold())) is not None:
            deed(rest.strip())
        else:
            shown = labels.shortened(one_line(line), 40)
            self.say(f"“{shown}” is not understood here. {CORRECTING_HELP}")
        return True

    @property
    def _deeds(self) -> Mapping[str, Callable[[str], None]]:
        """What each word does here, given what follows it."""
        does: dict[str, Callable[[str], None]] = {}
        for words, deed in (
            (". save s", lambda _: self.ended()),
            ("? .? help", lambda _: self.say(CORRECTING_HELP)),
            ("l .l", lambda _: self.read_back()),
            ("q .q quit", lambda _: self.lay_by()),
            ("e .e editor", lambda _: self._edit(self.draught)),
            ("a", lambda rest: self._begin("before", len(self.draught.lines), rest)),
            ("d", self._delete),
            ("i", self._insert),
        ):
            does |= dict.fromkeys(words.split(), deed)
        return does | {"": lambda _: self.read_back()}

    def _delete(self, typed: str) -> None:
        if (number := self._number(typed)) is not None:
            gone = self.draught.lines.pop(number)
            self._changed(f"Deleted line {number + 1}: {plain(gone)}")

    def _insert(self, typed: str) -> None:
        first, _, words = typed.partition(" ")
        if (number := self._number(first)) is not None:
            self._begin("before", number, words)

    def ended(self) -> None:
        self._at = None
        self.finish(lambda: None)

    def _number(self, typed: str) -> int | None:
        """The place of a line by its number; None, having said which there are."""
        lines = len(self.draught.lines)
        if typed.isdecimal() and 1 <= int(typed[:9]) <= lines:
            return int(typed[:9]) - 1
        if lines:
            self.say(f"Say the number of a line, from 1 to {lines}.")
        else:
            self.say("There are no lines yet; “a” writes one.")
        return None

    def _begin(self, how: str, number: int, words: str) -> None:
        self._at = (how, number)
        if words:
            self._put(words)
        elif how == "anew":
            self.say(f"It was: {plain(self.draught.lines[number])}")
            self.prompt = f"Line {number + 1} anew"
        else:
            self.prompt = f"Line {number + 1}"

    def _put(self, line: str) -> None:
        assert self._at is not None
        (how, number), self._at = self._at, None
        self.prompt = type(self).prompt
        text = line.rstrip("\r\n")
        if text.strip() == "." or (how == "anew" and not text.strip()):
            self.say("Left as it was.")
            return
        if how == "anew":
            self.draught.lines[number] = text
        else:
            self.draught.lines.insert(number, text)
        self.keep_line(line)
        self.say(f"{number + 1}. {plain(text)}")

    def _replace(self, typed: str) -> None:
        """Put new words for old ones, wherever they stand."""
        found = re.fullmatch(r"/([^/]+)/([^/]*)/?", typed)
        if found is None:
            self.say("Write “/old words/new words/”.")
            return
        old, new = found[1], found[2]
        times = sum(line.count(old) for line in self.draught.lines)
        if not times:
            self.say(f"“{one_line(old)}” is not in the note.")
            return
        before = list(self.draught.lines)
        self.draught.lines[:] = [line.replace(old, new) for line in before]
        pairs = zip(self.draught.lines, before, strict=True)
        changed = [f"{n}. {plain(now)}" for n, (now, was) in enumerate(pairs, 1) if now != was]
        self._changed("\n".join(changed))

    def _changed(self, told: str) -> None:
        if trouble := self.draught.keep():
            self.say(trouble)
        for line in told.split("\n"):
            self.say(line)
