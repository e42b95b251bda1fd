"""Finding anything by its words, as one types."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.events import Click
from textual.strip import Strip
from textual.widgets import Input, Static

from explorer.dataset.progress import Stopped
from explorer.errors import ExplorerError
from explorer.record import labels
from explorer.search import Engine, Hit, Results, Spans, filters
from explorer.text.sanitize import one_line, plain
from explorer.ui import commands, key_words, style
from explorer.ui.dialogs.dialog import DOUBLE_CLICK, Dialog
from explorer.ui.dialogs.dialog_commands import FIND
from explorer.ui.widgets.line_input import LineInput
from explorer.ui.widgets.lines import Lines, over

_EACH = 2
"""Lines a hit takes: what it is, and its words."""
_KIND = 12
_SHOWN = 60
"""Cells that are shown of what is offered."""


class Hits(Lines, can_focus=False):
    """What was found, best first, with a cursor; the typing goes on beside it.

    There may be tens of thousands, so only those in sight are drawn.
    """

    def __init__(self) -> None:
        super().__init__()
        self._results = Results()
        self.cursor = 0

    def show(self, results: Results) -> None:
        """List what was found, with the cursor on the first."""
        self._results = results
        self.cursor = 0
        self.set_length(len(results.hits) * _EACH)
        self.scroll_to(y=0, animate=False)
        self.refresh()

    @property
    def hit(self) -> Hit | None:
        """The one under the cursor."""
        hits = self._results.hits
        return hits[self.cursor] if self.cursor < len(hits) else None

    def move(self, rows: int) -> None:
        """Move the cursor by so many hits."""
        self.cursor = max(0, min(self.cursor + rows, len(self._results.hits) - 1))
        first = self.cursor * _EACH
        self.show_line(first, first + _EACH - 1)
        self.refresh()

    def line(self, number: int) -> Text:
        hit = self._results.hits[number // _EACH]
        if number % _EACH:
            return Text.assemble(" " * (_KIND + 1), _painted(hit.snippet))
        name = hit.kind if len(hit.kind) < _KIND else hit.kind.split()[0]
        kind = style.fitted(Text(f" {name}", "muted"), _KIND + 1)
        when = Text(labels.day(hit.day) if hit.day else "", "muted")
        named = Text.assemble(kind, _painted(self._results.marked(hit.title)))
        return style.row(self.room - 1, named, when)

    def marked(self, number: int, strip: Strip) -> Strip:
        if number // _EACH != self.cursor:
            return strip
        return over(strip, self.look.styles["cursor" if number % _EACH == 0 else "current"])

    def on_resize(self) -> None:
        self.set_length(len(self._results.hits) * _EACH)
        self.refresh()

    def on_click(self, event: Click) -> None:
        if (number := self.line_at(event)) is not None:
            self.move(number // _EACH - self.cursor)
        else:
            event.stop()  # it is on no hit, and goes to none


def _painted(spans: Spans) -> Text:
    return Text.assemble(*((text, "found" if is_found else "") for text, is_found in spans))


class SearchDialog(Dialog[Hit]):
    """Returns what the person goes to. `typed` is what was looked for the last time."""

    PLACE = "find"
    BINDINGS = commands.bindings(FIND, "find", first=True)

    def __init__(
        self,
        engine: Callable[[Callable[[int], None]], Engine],
        typed: str,
        keep: Callable[[str], None],
        watch: Callable[[str], None],
    ) -> None:
        """`engine` may take its time to be made, and says how many per cent are done.

        `keep` is called with what is typed, `watch` with what is to be kept under a name.
        """
        super().__init__()
        self.title = "Find"
        self._make = engine
        self._engine: Engine | None = None
        self._typed = typed
        self._keep = keep
        self._watch = watch
        self._searched: str | None = None
        """The words of which the hits are listed."""
        self._going = False
        """Whether the person wants to go on before it is known where to."""
        self._taking = False
        """Whether they want what is offered before it is known what that is."""
        self._hits = Hits()
        self._instead = ""
        """What is offered to be typed instead."""

    @property
    def idle(self) -> tuple[str, ...]:
        return () if self._instead else ("instead",)

    def body(self) -> ComposeResult:
        yield LineInput(self._typed, placeholder="words, “a phrase”, -without")
        yield Static(_hint(), id="found", markup=False)
        yield self._hits

    def on_mount(self) -> None:
        self.query_one(LineInput).action_select_all()
        self._prepare()

    @work(thread=True)
    def _prepare(self) -> None:
        try:
            engine = self._make(self._tell)
        except Stopped:
            return  # the app is left
        except ExplorerError as error:
            self.app.call_from_thread(self._say, plain(str(error)), is_trouble=True)
        else:
            self.app.call_from_thread(self._ready, engine)

    def _tell(self, done: int) -> None:
        words = f"Taking the record apart into words, this once: {done} %. Type on meanwhile."
        self.app.call_from_thread(self._say, words)

    def _ready(self, engine: Engine) -> None:
        self._engine = engine
        self.search()
        if self._taking and self._instead:
            self.action_instead()
        if self._going:
            self.action_go()

    def action_hits(self, way: str) -> None:
        """Move the cursor among what was found, while words are typed."""
        self.search()  # of what was typed just before
        page = max(self._hits.tall // _EACH - 1, 1)
        self._hits.move({"down": 1, "up": -1, "page_down": page, "page_up": -page}[way])

    def on_click(self, event: Click) -> None:
        if event.chain == DOUBLE_CLICK and self.clicked(event) is self._hits:
            self.dismiss(self._hits.hit)

    def action_go(self) -> None:
        """Go to the hit under the cursor, as soon as it is known which that is."""
        self.search()
        hit = self._hits.hit
        if self._engine is None:
            self._going = True
        elif hit is None:
            self._going = False
            self.notify("There is nothing to go to: nothing was found.")
        else:
            self.dismiss(hit)

    def action_instead(self) -> None:
        """Search for what is offered instead of what is typed; undo brings that back."""
        self.search()  # of what was typed just before
        line = self.query_one(LineInput)
        if self._instead:
            line.replace(self._instead, 0, len(line.value))
            line.cursor_position = len(line.value)
            self.search()
        elif self._engine is None:
            self._taking = True
        else:
            self.notify("Nothing else is offered to search for.")

    def action_watch(self) -> None:
        """Keep what is typed under a name."""
        self._watch(self.query_one(LineInput).value)

    def _say(self, words: str, *, is_trouble: bool = False) -> None:
        if not self.is_attached:
            return  # it was closed meanwhile
        line = self.query_one("#found", Static)
        line.set_class(is_trouble, "-warning")
        line.update(words)

    @on(Input.Changed)
    def search(self) -> None:
        """List the hits of what is typed, unless they are listed already."""
        typed = self.query_one(LineInput).value
        if self._engine is None or typed == self._searched:
            return
        self._searched = typed
        self._keep(typed)
        results = self._engine.search(typed, width=max(self._hits.room - _KIND - 2, 20))
        self._hits.show(results)
        self._instead = results.instead
        self._say(_status(results) if typed.strip() else _hint(), is_trouble=bool(results.trouble))
        self.key_line.show(self.PLACE, self.idle)


_NOTHING = "Nothing found. Fewer words find more; {find:close} closes."


def _status(results: Results) -> str:
    """How much was found, what was not understood, and what is offered instead."""
    trouble = labels.sentence(results.trouble) if results.trouble else ""
    take = f"{key_words.cap('instead', 'find')} takes it."
    if results.is_refused:
        return f"{trouble} {take}" if results.instead else trouble
    found = (
        f"{labels.counted(results.total, 'hit')}." if results.total else key_words.said(_NOTHING)
    )
    if results.instead:
        none = found if results.total else "Nothing found."
        instead = labels.shortened(one_line(results.instead), _SHOWN)
        found = f"{none} Did you mean “{instead}”? {take}"
    return f"{found} {trouble}".strip()


def _hint() -> str:
    return "Filters: " + "  ".join(f"{name}:" for name in filters())
