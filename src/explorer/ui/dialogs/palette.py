"""The command palette: every command, and every record by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from textual import work
from textual.app import ComposeResult, SystemCommand
from textual.await_complete import AwaitComplete
from textual.command import Command as Found
from textual.command import CommandList, CommandPalette, Hit, Hits, Provider
from textual.content import Content
from textual.worker import WorkerError

from explorer.record import labels
from explorer.text.folding import fold, matches, words_of
from explorer.ui import commands, view_commands
from explorer.ui.app_services import app_services, keys_shown
from explorer.ui.command import Command
from explorer.ui.dialogs.dialog import is_on_top
from explorer.ui.dialogs.dialog_commands import FINDER
from explorer.ui.main_screen import MainScreen
from explorer.ui.system.one_repaint import OneRepaint
from explorer.ui.system.taken_in import taken_in
from explorer.ui.widgets import key_line
from explorer.ui.widgets.key_line import KeyLine

Offered = tuple[str, str, Callable[[], object]]
"""A name, what it does, and how."""
ADDING = "Add "
"""How the names of all forms begin."""
_MOST = 60
"""Records offered at once; more words find the rest."""


_gather = CommandPalette._gather_commands.__wrapped__  # type: ignore[attr-defined]  # noqa: SLF001
"""What Textual does in a worker of its own."""


class Palette(OneRepaint, CommandPalette):
    """Textual’s palette, with its keys in the last line.

    Its list is asked for nothing before it has lines.
    """

    PLACE = "palette"
    BINDINGS = commands.bindings(FINDER, "palette", first=True)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield KeyLine(self.PLACE)

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)  # noqa: SLF001
    async def _gather_commands(self, search_value: str) -> None:
        if self.query(CommandList):  # else it was closed before this began
            await _gather(self, search_value)

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

    def action_run(self) -> None:
        """Run what the cursor is on; keys behind this one wait until that is done."""
        app_services(self).ahead.hold()
        self._run_found()

    @work
    async def _run_found(self) -> None:
        """Textual would take whatever is listed when the words typed are not looked for yet."""
        ahead, has_run = app_services(self).ahead, False
        try:
            await taken_in(self)  # now the words are being looked for
            looking = [w for w in self.workers if w.group == self._GATHER_COMMANDS_GROUP]
            with suppress(WorkerError):
                await self.workers.wait_for_complete(looking)
            if not (lists := self.query(CommandList)):
                return  # it was closed meanwhile
            chosen = lists.first().highlighted_option
            if isinstance(chosen, Found):
                has_run = True
                self.app.delay_update()
                self.dismiss()
                self.app.call_later(chosen.hit.command)
                self.app.call_later(ahead.let_go)
            else:
                self.notify("There is nothing to run: nothing was found.")
        finally:
            if not has_run:
                ahead.drop()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Be taken away once, as a `Dialog` is."""
        return super().dismiss(result) if is_on_top(self) else AwaitComplete()


class Commands(Provider):
    """What can be done, in the words of the tables of commands."""

    async def discover(self) -> Hits:
        offered = self._offered()
        for number, (name, help_text, run) in enumerate(offered):
            yield Hit(1 - number / len(offered), Content(name), run, text=name, help=help_text)

    async def search(self, query: str) -> Hits:
        words = words_of(query)
        for name, help_text, run in self._offered():
            if matches(words, fold(f"{name} {help_text}")):
                score = 2.0 if fold(name).startswith(fold(query)) else 0.25
                yield Hit(score, Content(name), run, text=name, help=help_text)

    def _offered(self) -> list[Offered]:
        """What is shown in the last line comes first, what only adds a record last."""
        keyed = sorted(self._keyed(), key=lambda one: not one[0].footer)
        others = [(o.title, o.help, o.callback) for o in self._others()]
        others.sort(key=lambda offered: offered[0].startswith(ADDING))
        return [*(offered for _, offered in keyed), *others]

    def _others(self) -> Iterator[SystemCommand]:
        yield from self.app.get_system_commands(self.screen)

    def _keyed(self) -> Iterator[tuple[Command, Offered]]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        absent = {commands.PALETTE.action, *map(view_commands.action_of, screen.absent)}
        offered = commands.available(screen.place)
        now = [c for c in offered if c.at_times and c.action not in screen.focus_on.idle]
        absent |= {c.action for c in offered if c.at_times or c.name in {o.name for o in now}}
        absent -= {c.action for c in now}
        for command in offered:
            if command.action not in absent and not command.move:
                keys = f"  ({keys_shown(screen, command.shown_keys)})" if command.keys else ""
                help_text = f"{command.help}{keys}"
                run = partial(key_line.run, command, screen)
                yield command, (command.name, help_text, run)


class Records(Provider):
    """Every record by its name; choosing one shows it."""

    async def search(self, query: str) -> Hits:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return
        words = words_of(query)
        found = 0
        for ref, name, folded in screen.view.names:
            if matches(words, folded):
                found += 1
                score = _score(words, folded)
                kind = labels.KIND_NAMES[ref.kind]
                yield Hit(score, Content(name), partial(screen.go, ref), text=name, help=kind)
            if found == _MOST:
                break


def _score(words: tuple[str, ...], folded: str) -> float:
    """Higher when a word begins the name, and for names that hold little else."""
    begins = 1.0 if words and folded.startswith(words[0]) else 0.5
    return begins + sum(map(len, words)) / (len(folded) + 1)
