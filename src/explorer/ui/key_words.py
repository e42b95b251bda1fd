"""What is said of keys in sentences, and which command a key is: all of the keys in force."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explorer.ui import commands, keymap
from explorer.ui.command import Command, keycap


def of(slug: str, place: str = "everywhere") -> Command:
    """A command by the name under which its keys are set, with those in force."""
    return next(c for c in commands.listed(place) if c.setting(place)[1] == slug)


def cap(slug: str, place: str = "everywhere") -> str:
    """The main key of a command as printed on the keyboard, for a sentence about it.

    Its name, where a person has taken all keys from it.
    """
    command = of(slug, place)
    return keycap(command.key_names[0]) if command.keys else f"“{command.name}”"


_NAMED = re.compile(r"\{(?:([a-z_]+):)?([a-z-]+)\}")


def pieces(words: str) -> Iterator[tuple[str, bool]]:
    """A sentence in which commands stand in braces, with their keys there; what is one is said.

    “{news}” is a command of everywhere, “{sheet:close}” one of a place, each by the name under
    which its keys are set.
    """
    end = 0
    for named in _NAMED.finditer(words):
        yield words[end : named.start()], False
        place, slug = named.groups()
        yield cap(slug, place or "everywhere"), True
        end = named.end()
    yield words[end:], False


def said(words: str) -> str:
    """The same as a text."""
    return "".join(piece for piece, _ in pieces(words))


def closing(place: str) -> Command:
    """The command that closes what stands over everything else."""
    command = next(c for c in commands.PLACES[place][1] if "escape" in c.key_names)
    return keymap.now().in_force(place, command)


def opener(place: str, key: str) -> Command | None:
    """The command by which a key opens something to type in, where the person is."""
    bound = commands.bound(place, keymap.now())
    return next((c for c in bound if c.opens and key in c.key_names), None)


def unknown(place: str, character: str | None, key: str) -> str:
    """What to say of a key that does nothing in a place."""
    shown = character if character and character.isprintable() else keycap(key)
    listing = next((c for c in commands.available(place) if c.action == "help" and c.keys), None)
    ways = (
        f"{listing.main_key} lists the keys that do"
        if listing
        else f"{closing(place).main_key} closes this"
    )
    where = "here"
    if place == "marking":
        where, ways = (
            "while you mark words",
            f"{closing(place).main_key} leaves the marking, {ways}",
        )
    return f"{shown.strip() or keycap(key)} does nothing {where}; {ways}."
