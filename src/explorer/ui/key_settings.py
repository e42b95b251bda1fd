"""The keys that a person has set, checked: what is sound becomes a keymap, the rest a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual.keys import Keys, _character_to_key

from explorer.settings import Settings
from explorer.settings.setting_table import IN, KEYS
from explorer.ui import commands, key_words
from explorer.ui.command import Command, keycap
from explorer.ui.dialogs.dialog_commands import DIALOGS, TYPED
from explorer.ui.keymap import UNCHANGED, Keymap

if TYPE_CHECKING:
    from explorer.dataset.problems import Problem

EVERYWHERE = "everywhere"
_TYPED = {*TYPED, "line", "editor", "palette"}
"""Where letters are written."""
_HELD = ("ctrl", "alt", "shift", "super", "meta", "hyper")
_NAMED = {key.value for key in Keys if "+" not in key.value and key.value.isalnum()}
_NAMED |= {f"f{number}" for number in range(1, 25)}
_SAME = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page-up": "pageup",
    "page-down": "pagedown",
    "control": "ctrl",
    "option": "alt",
    "cmd": "super",
}
_OTHER_NAMES = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace"}
"""What a terminal sends for these is another key."""
_MOST = 8
_Setting = tuple[str, str]
_NEAR = ("pane", "record", "notes", "sheet", "reading")
"""Where one mostly is, and whose keys go before those of everywhere."""


def name_of(place: str) -> str:
    """A place as it is called in the file."""
    return "view" if place == "sheet" else place.replace("_", "-")


def table_of(place: str) -> str:
    """The table in which the keys of a place are set."""
    return KEYS if place == EVERYWHERE else f"{KEYS}.{IN}.{name_of(place)}"


PLACES = {name_of(place): place for place in commands.PLACES}


def settable(place: str) -> Iterator[Command]:
    """The commands whose keys are set in a place, wherever they are listed."""
    found: dict[str, Command] = {}
    for listed in (place, *commands.PLACES):
        for command in commands.PLACES[listed][1]:
            where, name = command.setting(listed)
            if where == place:
                found.setdefault(name, command)
    yield from found.values()


class KeySettings:
    """The keys of a file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.problems: list[Problem] = []
        self._asked: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {}
        """The keys asked for each command, and under which keys of the file."""

    @cached_property
    def keymap(self) -> Keymap:
        """What holds of them; the mistakes are then known."""
        if self._settings.value("counts"):
            self._leave_digits_to_counts()
        elif not self._settings.keys:
            return UNCHANGED
        own: list[tuple[str, Mapping[str, Any]]] = []
        for name, value in self._settings.keys.items():
            if name == IN and isinstance(value, dict):
                own += self._places(value)
            elif isinstance(value, dict) and name in PLACES:
                hint = f"write [{table_of(PLACES[name])}]"
                self._wrong((KEYS, name), "is the name of a place", hint, check="wrong-key")
            else:
                self._take_for_all(name, value)
        for place, table in own:
            known = {c.setting(place)[1] for c in settable(place)}
            for name, value in table.items():
                path = (KEYS, IN, name_of(place), name)
                if name not in known:
                    self._unknown(path, name, known, "command")
                elif (keys := self._keys(path, value)) is not None:
                    self._ask(place, name, keys, path)
        self._settle()
        self._close_by_what_opens()
        self._warn_of_hidden()
        return Keymap({setting: ",".join(keys) for setting, (keys, _) in self._asked.items()})

    def _leave_digits_to_counts(self) -> None:
        for command in settable(EVERYWHERE):
            if any(key.isdecimal() for key in command.key_names):
                keys = (f"alt+{k}" if k.isdecimal() else k for k in command.key_names)
                self._ask(EVERYWHERE, command.setting(EVERYWHERE)[1], tuple(keys), ("counts",))

    def _places(self, tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name, table in tables.items():
            path = (KEYS, IN, name)
            if name not in PLACES:
                self._unknown(path, name, PLACES, "place")
            elif not isinstance(table, dict):
                self._wrong(path, "must be a table", f"write [{table_of(PLACES[name])}]")
            else:
                yield PLACES[name], table

    def _take_for_all(self, name: str, value: Any) -> None:
        """A command by its name alone: everywhere, and in every place that has one so called."""
        path = (KEYS, name)
        places = [
            place
            for place in commands.PLACES
            if any(c.setting(place)[1] == name for c in settable(place))
        ]
        if not places:
            known = {c.setting(place)[1] for place in commands.PLACES for c in settable(place)}
            self._unknown(path, name, known, "command")
        elif (keys := self._keys(path, value)) is not None:
            for place in _meant(name, places):
                fit = [k for k in keys if place not in _TYPED or not _writes(k)]
                if fit or not keys:
                    self._ask(place, name, _in_place_of(name, place, fit), path)

    def _ask(self, place: str, name: str, keys: tuple[str, ...], path: tuple[str, ...]) -> None:
        written = [key for key in keys if place in _TYPED and _writes(key)]
        if written:
            message = f"cannot be {keycap(written[0])}, which is written where one types"
            self._wrong(path, message, "take one with ctrl or alt, or a function key")
        elif not keys and _is_way_out(place, name):
            self._wrong(path, "must have a key: without one there is no way out", "name one")
        else:
            self._asked[place, name] = (keys, path)

    # What is asked, against what is there.

    def _settle(self) -> None:
        """Give up what would give one key two meanings in one place, until nothing does."""
        for _ in range(len(self._asked) + 1):
            clash = next(self._clashes(), None)
            if clash is None:
                return
            (place, setting, key), other = clash
            _, path = self._asked.pop(setting)
            there = commands.PLACES[place][0].lower()
            other_place, other_name = other.setting(place)
            free = f"[{table_of(other_place)}] {other_name} = …"
            self._wrong(
                path,
                f"cannot be {keycap(key)}: {there} that is {other.name}, “{other.help}”",
                f"give {other_name} another key as well: {free}",
                check="key-conflict",
                # It holds in all other places that the same name is about.
                severity="warning" if any(p == path for _, p in self._asked.values()) else "error",
            )

    def _clashes(self) -> Iterator[tuple[tuple[str, _Setting, str], Command]]:
        for place in commands.PLACES:
            taken: dict[str, Command] = {}
            here = [c for c in commands.PLACES[place][1] if not c.at_times]
            known = {c.setting(place): c for c in (*here, *settable(place))}
            # What stays as it is comes first: who wants its key has to free it.
            for setting in sorted(known, key=lambda setting: setting in self._asked):
                command = known[setting]
                asked = self._asked.get(setting)
                for key in asked[0] if asked else command.key_names:
                    if key in taken and asked:
                        yield (place, setting, key), taken[key]
                    taken[key] = command

    def _close_by_what_opens(self) -> None:
        """Let a key that opens something close it again, as those do that come with it."""
        for place in commands.PLACES:
            for command in settable(place):
                opener = tuple(command.opened_by.split("."))
                asked = self._asked.get(opener) if len(opener) == 2 else None  # noqa: PLR2004
                if asked is None or command.setting(place) in self._asked:
                    continue
                before = _called(opener[1], opener[0]).key_names
                kept = [key for key in command.key_names if key not in before]
                others = self._keys_in(place) - set(command.key_names)
                keys = (*kept, *(key for key in asked[0] if key not in others))
                self._asked[command.setting(place)] = (keys, asked[1])

    def _warn_of_hidden(self) -> None:
        """Name the keys that do something else where the person is than everywhere."""
        for (place, _), (keys, path) in self._asked.items():
            if place != EVERYWHERE:
                continue
            for key in keys:
                there = [near for near in _NEAR if key in self._keys_in(near)]
                if there:
                    where = ", ".join(commands.PLACES[near][0].lower() for near in there)
                    message = f"is not {keycap(key)} {where}, where that does something else"
                    self._wrong(path, message, "", check="hidden-key", severity="warning")

    def _keys_in(self, place: str) -> set[str]:
        keys = {
            k for c in settable(place) if c.setting(place) not in self._asked for k in c.key_names
        }
        own = (asked for (where, _), (asked, _) in self._asked.items() if where == place)
        return keys.union(*own)

    # One value.

    def _keys(self, path: tuple[str, ...], value: Any) -> tuple[str, ...] | None:
        """The keys that a value names, or None when it is wrong."""
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(key, str) for key in listed) or len(listed) > _MOST:
            hint = f'write {path[-1]} = "ctrl+g" or {path[-1]} = ["g", "home"]; [] takes all away'
            self._wrong(path, "must be a key or a list of keys", hint)
            return None
        keys = []
        for said in listed:
            key, hint = key_named(said)
            if not key:
                self._wrong(path, f"names no key: “{said}”", hint, check="unknown-key")
                return None
            keys.append(key)
        return tuple(dict.fromkeys(keys))

    def _unknown(self, path: tuple[str, ...], name: str, known: Any, what: str) -> None:
        from explorer.text.near_words import nearest

        near = nearest(name.casefold().replace("_", "-"), sorted(known))
        hint = f"did you mean {near}?" if near else "“explorer settings --keys” lists all"
        self._wrong(path, f"is no {what}", hint, check=f"unknown-{what}", suggestion=near)

    def _wrong(self, path: tuple[str, ...], message: str, hint: str, **more: str) -> None:
        more.setdefault("check", "wrong-key")
        self.problems.append(self._settings.problem(path, message, hint, **more))


def _meant(name: str, places: Sequence[str]) -> Sequence[str]:
    """The places that a name alone is about: all, or those where it is the same as everywhere."""
    if EVERYWHERE not in places:
        return places
    whole = _called(name, EVERYWHERE)
    called = {place: _called(name, place) for place in places}
    return [
        place
        for place, command in called.items()
        if set(whole.key_names) & set(command.key_names)
        and (place not in DIALOGS or command.action == whole.action)
    ]


def _in_place_of(name: str, place: str, keys: Sequence[str]) -> tuple[str, ...]:
    """The keys of a command when some take the place of those that it shares with everywhere."""
    if place == EVERYWHERE or not any(
        c.setting(EVERYWHERE)[1] == name for c in settable(EVERYWHERE)
    ):
        return tuple(keys)
    shared, own = _called(name, EVERYWHERE).key_names, _called(name, place).key_names
    at = next(number for number, key in enumerate(own) if key in shared)
    others = [key for key in own if key not in shared]
    return (*others[:at], *keys, *others[at:])


def _called(name: str, place: str) -> Command:
    return next(c for c in settable(place) if c.setting(place)[1] == name)


def _is_way_out(place: str, name: str) -> bool:
    if (place, name) == (EVERYWHERE, "quit"):
        return True
    return (
        place in DIALOGS and place != "line" and key_words.closing(place).setting(place)[1] == name
    )


def _writes(key: str) -> bool:
    """Whether a key writes a character."""
    *held, last = key.split("+")
    return not set(held) - {"shift"} and (
        len(last) == 1 or last == "space" or last not in {*_NAMED, *_SAME.values()}
    )


def key_named(said: str) -> tuple[str, str]:
    """A key by Textual's name for it, as a person says it; else nothing, and what would be right.

    A character stands for itself, “/” or “G”; others are called by their names, “ctrl+home”.
    """
    if len(said) == 1:
        if said.isspace() or not said.isprintable():
            return ("space", "") if said == " " else ("", 'write "tab" or "enter"')
        return _character_to_key(said), ""
    words = said.strip().replace(" ", "")
    *held, last = words.split("+") if not words.endswith("+") else [*words[:-2].split("+"), "+"]
    held = [_SAME.get(word.casefold(), word.casefold()) for word in held]
    if wrong := next((word for word in held if word not in _HELD), ""):
        return "", f"“{wrong}” cannot be held down; ctrl, alt and shift can"
    if len(last) == 1:
        if "ctrl" in held:
            last = last.casefold()
        elif "shift" in held and last.isalpha():
            held.remove("shift")  # a terminal sends the capital
            last = last.upper()
        last = _character_to_key(last)
    else:
        last = _SAME.get(last.casefold(), last.casefold())
        if last not in _NAMED and not _is_sign(last):
            from explorer.text.near_words import nearest

            near = nearest(last, sorted({*_NAMED, *_SAME}))
            return "", f"did you mean {near}?" if near else "a key is x, G, ctrl+g, f5 or home"
    key = "+".join([*(word for word in _HELD if word in held), last])
    if other := _OTHER_NAMES.get(key):
        return "", f"a terminal sends {other} for it; take another"
    return key, ""


def _is_sign(name: str) -> bool:
    """Whether it is Textual's name for a character, such as “question_mark”."""
    import unicodedata

    try:
        sign = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name in ("slash", "minus", "plus", "at", "backslash", "underscore")
    return sign.isprintable()
