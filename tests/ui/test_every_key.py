"""Every key in every place does something, or says why not; and does what the tables say."""

from dataclasses import dataclass, replace

import pytest
from tests.ui.conftest import Person

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui import commands
from explorer.ui.find_commands import END_FINDING
from explorer.ui.history import History
from explorer.ui.panes.record_and_notes import Reading

TOLLS = Ref("issue", "tolls")

PLACES = {
    "pane": ("", []),
    "pane, with nothing in it": ("", ["3", "slash", *"zzz", "enter"]),
    "record": ("issue:tolls", []),
    "record, without a note": ("issue:fishing", []),
    "notes": ("issue:tolls", ["tab"]),
    "marking": ("issue:tolls", ["v"]),
    "positions": ("issue:tolls", ["p"]),
    "accounts": ("issue:tolls", ["a"]),
    "accounts, of a person": ("delegate:noren", ["a"]),
    "changes": ("issue:tolls", ["c"]),
    "in_force": ("issue:tolls", ["f"]),
    "deadlines": ("issue:tolls", ["F"]),
    "figures": ("issue:tolls", ["t"]),
    "pane, early": ("", ["1"]),
    "figures, early": ("", ["t"]),
    "notes, zoomed": ("issue:tolls", ["tab", "z"]),
    "filter": ("", ["3", "slash", "t"]),
    "find": ("", ["s", "q"]),
    "field": ("", ["equals_sign"]),
    "ask": ("issue:tolls", ["y"]),
    "sources": ("issue:tolls", ["o"]),
    "figures_offered": ("", ["t", "r"]),
    "notebook": ("issue:tolls", ["N"]),
    "marks": ("", ["T"]),
    "help": ("", ["question_mark"]),
    "finding": ("issue:tolls", ["slash", *"toll"]),
    "record, with words found": ("issue:tolls", ["slash", *"toll", "enter"]),
    "notes, with words found": ("issue:tolls", ["tab", "slash", *"delay", "enter"]),
    "positions, with words found": ("issue:tolls", ["p", "slash", *"toll", "enter"]),
    "notebook, with words found": ("issue:tolls", ["N", "slash", *"delay", "enter"]),
    "help, with words found": ("", ["question_mark", "slash", *"scope", "enter"]),
}


def state(person) -> str:
    """All that a key may change, but for what is drawn."""
    app, main = person.app, person.main
    screen, focused = app.screen, app.focused
    view = main.view
    return repr(
        (
            [type(s).__name__ for s in app.screen_stack],
            getattr(focused, "id", None) or type(focused).__name__,
            getattr(focused, "value", None),
            getattr(focused, "text", None),
            getattr(focused, "selection", None),
            getattr(focused, "cursor_position", None),
            getattr(focused, "scroll_target_y", None),
            [
                getattr(screen.query(kind).first() if screen.query(kind) else None, "cursor", None)
                for kind in ("Pages", "Places", "Hits")
            ],
            main.selected,
            main.viewing,
            main.classes,
            view and (view.scope, len(view.notes.all())),
            app.clipboard,
            app.is_running,
        )
    )


@dataclass
class Keyboard:
    """Somebody who tries every key of a place, and comes back to it after each."""

    person: Person
    go: str
    way: list[str]

    def __post_init__(self) -> None:
        app = self.person.app
        self.before = ""
        self.ran: list[str] = []
        self.has_left = False
        run = app.run_action

        async def run_action(action, default_namespace=None, namespaces=None):
            has_run = await run(action, default_namespace, namespaces)
            self.ran += [str(action)] if has_run else []
            return has_run

        def leave(*_args: object, **_named: object) -> None:
            self.has_left = True

        app.run_action, app.exit = run_action, leave
        self.view = self.person.main.view

    async def arrive(self) -> str:
        """Be in the place as if one had just come there, and say which it is."""
        self.person.app.ahead._is_dropping = False  # a moment has passed
        if self.has_left or state(self.person) != self.before:
            await self._go()
            self.before = state(self.person)
        self.person.app.messages.now = None
        self.person.app._show_message(None)
        self.ran.clear()
        self.has_left = False
        return self.person.app._place

    async def _go(self) -> None:
        person, main = self.person, self.person.main
        while person.app.screen is not main:
            person.app.pop_screen()
            await person.settle()
        main.places.close_view()
        main.remove_class("-zoomed")
        main.view = replace(self.view, notes=main.view.notes)
        for pane in main.stack:
            pane.words = ""
        main.query_one(Reading).end_marking()
        main.query_one(Reading).end_finding()
        main.places.history = History()
        main.go(Ref.parse(self.go)) if self.go else main.action_jump("issues")
        await person.press(*self.way)

    async def is_seen(self, key: str) -> bool:
        """Whether it changes at least what is drawn."""
        await self.arrive()
        before = self.person.seen
        await self.person.press(key)
        return self.person.seen != before


def tried(place: str, name: str) -> list[commands.Command]:
    """All commands of the main places; of the others what is theirs, and what is offered."""
    own = [c.action for near in commands.places_of(place)[:-1] for c in commands.PLACES[near][1]]
    is_main = name in ("pane", "record", "notes", "marking", "positions")
    is_dialog = place in commands.DIALOGS
    at_times = [c for c in commands.available(place) if c.at_times]
    now = [END_FINDING] if name.endswith("found") else []
    later = [c for c in at_times if c not in now]
    taken = {key for command in now for key in command.key_names}
    return [
        command
        for command in commands.available(place)
        if (is_main or is_dialog or command.footer or command.action in own)
        and command not in later
        and (command in now or command.key_names[0] not in taken)
    ]


@pytest.fixture
def noted(store, monkeypatch):
    for name in ("EDITOR", "VISUAL", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    store.save(TOLLS, Words("Deferral or delay?"), name="Tolls", note=None)


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("name", PLACES)
async def test_every_key_does_what_is_said_or_says_why_not(explorer, name):
    silent, wrong = [], []
    async with explorer(size=(120, 32)) as person:
        if name.endswith("early"):
            await person.press(*["left_square_bracket"] * 9)
        keyboard = Keyboard(person, *PLACES[name])
        place = await keyboard.arrive()
        assert place == name.split(",")[0].split()[0]
        for command in tried(place, name):
            key = command.keys.split(",")[0]
            await keyboard.arrive()
            before = state(person)
            await person.press(key)
            if command.action not in keyboard.ran and not person.told:
                wrong.append((key, command.action, keyboard.ran.copy()))
            is_plain = person.told or keyboard.has_left or state(person) != before
            if not is_plain and not command.move and not await keyboard.is_seen(key):
                silent.append((key, command.action))
    assert not wrong
    assert not silent
