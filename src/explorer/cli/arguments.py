"""What a person types after `explorer`, read by argparse.

Our own is what argparse cannot do: find a command behind its options, take a value that begins
with a minus, take a dataset as the last word of any command, and say in a sentence what is
wrong, with an example that works.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, cast

from explorer.dataset.bundled import bundled
from explorer.errors import UsageError
from explorer.text.near_words import nearest

_EXAMPLES: Mapping[str, str] = {
    "ADDRESS": "git@example.org:talks/notes.git",
    "ARCHIVE": "talks.zip",
    "COMMAND": "list",
    "COLUMN=FIELD": "Zitat=text",
    "DATASET|overlay": "my-talks/",
    "DATE": "madrid",
    "DIR": "my-notes/",
    "DIR|off": "mine/",
    "FIELD=VALUE": "form=verbatim",
    "FILE": "talks.md",
    "FOLDER": "my-talks/",
    "HOST": "192.168.1.20",
    "ISSUE": "tariffs",
    "LINE": "show",
    "KIND": "rounds",
    "N": "20",
    "NAME": "Rhine",
    "NAME=ID": "Bessent=bessent",
    "NEW": "new",
    "OLD": "old",
    "ORDER": "stance",
    "OUT": "talks.sqlite",
    "PATH": "my-talks/",
    "PUBLIC": "https://talks.example.org",
    "REF": "round:kuala-lumpur",
    "ROUND": "madrid",
    "ROWS": "2-10",
    "SITE": "site/",
    "TABLE": "quotes",
    "TAG": "watch",
    "TYPED": "tar",
    "TEXT": "text:busan-fact-sheet",
    "URL": "https://example.org/talks/",
    "VALUES": "ref",
    "WATCH": "soybeans",
    "WORDS": "soybeans speaker:bessent",
    "files": "library.bib",
    "log": "explorer.log",
}
"""Each thing that a command takes, as its help calls it, with one for an example.

What is just a FILE to the help, and is of another kind here, goes by its own name.
"""

_OPTION = re.compile(r"--?[^\W\d][\w-]*(?:=.*)?", re.DOTALL)
_LEAVES_OUT = re.compile(r"-[^\W\d_]{2}")
"""How “-fentanyl” begins, which in a search leaves out what has that word."""
_VERY = 0.75
"""How like a short word must be to be meant."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong as the rest of the program does, and guesses nothing."""

    def __init__(
        self,
        *,
        add_arguments: Callable[[Parser], None] | None = None,
        is_listed: bool = True,
        **options: Any,
    ) -> None:
        """`add_arguments` is called when they are needed: those of one command in a run.

        A command that is not listed is for programs, and named to nobody.
        """
        super().__init__(**{**options, "allow_abbrev": False})
        self._add_arguments, self.is_listed = add_arguments, is_listed
        self.name = self.prog.removeprefix("explorer").strip()

    def _fill(self) -> None:
        add, self._add_arguments = self._add_arguments, None
        if add is not None:
            add(self)

    def filled(self) -> Parser:
        """The parser with all that its listed commands take, to be looked through."""
        commands = cast("dict[str, Parser]", self.commands)
        for name, command in [*commands.items()]:
            if command.is_listed:
                command.filled()
            else:
                del commands[name]
        return self

    def leave_out(self, metavar: str) -> None:
        """Take nothing any more that its help calls so."""
        for action in [a for a in self._actions if a.metavar == metavar]:
            self._remove_action(action)

    @property
    def commands(self) -> Mapping[str, Parser]:
        """The parsers of the commands that it has, by their names."""
        self._fill()
        choices = (action.choices for action in self._actions if action.nargs == argparse.PARSER)
        return cast("Mapping[str, Parser]", next(choices, {}))

    @property
    def needed(self) -> Sequence[argparse.Action]:
        """The words that it cannot do without."""
        self._fill()
        return [a for a in self._actions if a.required and not a.option_strings]

    @property
    def options(self) -> Mapping[str, argparse.Action]:
        """Its options by their names."""
        self._fill()
        return self._option_string_actions

    def option(self, name: str) -> argparse.Action | None:
        """An option, of its own or of one of its commands."""
        others = (action for p in self.commands.values() if (action := p.option(name)))
        return self.options.get(name) or next(others, None)

    def parsed(self, words: Sequence[str]) -> argparse.Namespace:
        """What was typed. Raises UsageError, which says what is not understood."""
        path, options, said = _in_order(self, words)
        parser = self
        for name in path:
            parser = parser.commands[name]
        _take_dataset(parser, options, said)
        # argparse would read a word that begins with a minus as an option.
        guard = ["--"] if any(word.startswith("-") for word in said) else []
        args, unknown = self.parse_known_args([*path, *options, *guard, *said])
        if unknown:
            parser.refuse(unknown)
        return args

    def refuse(self, unknown: Sequence[str]) -> NoReturn:
        """Raises UsageError, which names the nearest of its options."""
        option = next((word for word in unknown if word.startswith("-")), unknown[0])
        option = option.partition("=")[0]
        known = {name for name in self.options if name.startswith("--")}
        begun = sorted(name for name in known if name.startswith(option))
        near = (begun or [nearest(option, known, _VERY)])[0] if option.startswith("--") else ""
        hint = f"did you mean “{near}”?" if near else f"“{self.prog} --help” says what it takes"
        lead = f"{self.name} does" if self.name else "without a command it does"
        raise UsageError(f"{lead} not take “{option}”; {hint}")

    def error(self, message: str) -> NoReturn:
        """Raises UsageError: what argparse says, with the command it is about and an example."""
        option = ""
        if missing := re.fullmatch(r"the following arguments are required: (.*)", message):
            names = missing[1].replace(", ", " and ")
            message = f"{names} {'are' if ' and ' in names else 'is'} missing"
        elif about := re.fullmatch(r"argument (\S+): (.*)", message, re.DOTALL):
            option, why = about[1].split("/")[-1], about[2]
            if why.startswith("expected"):
                message = f"{option} needs a value after it"
            elif other := re.fullmatch(r"not allowed with argument (\S+)", why):
                message = f"{option} cannot go with {other[1]}; leave out one of them"
            elif wrong := re.match(r"invalid choice: (['\"])(.*?)\1[ ,]", why, re.DOTALL):
                message = not_one_of(wrong[2], [n for n, p in self.commands.items() if p.is_listed])
            else:
                message = f"{option}: {why}"
        lead = f"{self.name}: " if self.name else ""
        has_advice = message.endswith(("?", "one of them"))
        works = "" if has_advice else f"; for example “{self.example(option)}”"
        raise UsageError(f"{lead}{message}{works}")

    def example(self, option: str = "") -> str:
        """Something that works, with that option or, when nothing is needed, its first."""
        if not option.startswith("-"):
            with_value = (name for name, action in self.options.items() if action.nargs != 0)
            option = "" if self.needed else next(with_value, "")
        words = [self.prog, *map(_example_of, self.needed)]
        if option in self.options:
            words += [option, _example_of(self.options[option])]
        return " ".join(words)


def from_home(name: str) -> Path:
    """A file or folder as a person names it, in whose home “~” may be where no shell saw to it."""
    with suppress(RuntimeError):  # a user without a home
        return Path(name).expanduser()
    return Path(name)


def _example_of(action: argparse.Action) -> str:
    known = _EXAMPLES.get(action.dest) or _EXAMPLES.get(str(action.metavar))
    return known or next(iter(action.choices or ()), "…")


def choice(*words: str) -> dict[str, Any]:
    """What `add_argument` takes for an option that is one of several words, in any case."""

    def chosen(typed: str) -> str:
        word = typed.strip().casefold()
        if word not in words:
            raise argparse.ArgumentTypeError(not_one_of(typed, words))
        return word

    return {"type": chosen, "choices": words}


def not_one_of(typed: str, choices: Sequence[str]) -> str:
    """That a word is none of several, and which of them is nearest."""
    near = nearest(typed.casefold(), choices)
    hint = f"; did you mean “{near}”?" if near else ""
    return f"“{typed}” is not one of {', '.join(choices[:-1])} and {choices[-1]}{hint}"


def _in_order(top: Parser, words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The names of the command, its options, and what else was typed. Raises UsageError."""
    path, options, said = _apart(top, words)
    if path == ["search"]:
        said += filter(_LEAVES_OUT.match, options)
        options = [word for word in options if not _LEAVES_OUT.match(word)]
    if {"-V", "--version"} & set(options):
        return ["version"], [o for o in options if o in ("--json", "--help", "-h")], []
    wants_help = bool({"-h", "--help"} & set(options))
    # A word alone may be a dataset, but not beside options that opening one does not take.
    known = top.commands[""].options
    is_of_a_command = wants_help or any(o.partition("=")[0] not in known for o in options)
    if not path and (said[1:] or (said and is_of_a_command and not _is_path(said[0]))):
        raise _no_command(said[0], top.commands)
    if said == ["help"] and path not in ([], ["search"]):
        options, said = ["--help"], []
    return path or [""], options, said


def _apart(top: Parser, words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The same as it was typed.

    argparse wants a command before its options, and words that are no options in one piece.
    Each option is put into one word with its value, which so may begin with a minus.
    """
    path: list[str] = []
    options: list[str] = []
    said: list[str] = []
    parser, rest, may_be_option = top, list(words), True
    while rest:
        word = rest.pop(0)
        if word == "--" and may_be_option:
            may_be_option = False
        elif may_be_option and _OPTION.fullmatch(word):
            # What ends the options is no value, and argparse would take it for a list.
            word = word.removesuffix("=--")
            action = None if "=" in word else parser.option(word)
            if action is not None and action.nargs in (None, "+") and _has_none(rest):
                names = "/".join(action.option_strings)
                having = parser if word in parser.options else parser.commands.get("", parser)
                having.error(f"argument {names}: expected one argument")
            options += _with_values(word, action, rest)
        elif parser.commands and not said and word.casefold() in parser.commands:
            path.append(word.casefold())
            parser = parser.commands[path[-1]]
        elif parser is top and not said and word.casefold() == "help":
            options.append("--help")  # “explorer help notes import”
        elif parser is top and len(said) == 1 and word in top.commands:
            options.append(f"--dataset={said.pop()}")  # “explorer my-talks/ list rounds”
            path, parser = [word], top.commands[word]
        else:
            said.append(word)
    return path, options, said


def _no_command(word: str, commands: Mapping[str, Parser]) -> UsageError:
    near = nearest(word.casefold(), [name for name, p in commands.items() if p.is_listed])
    hint = f"did you mean “{near}”?" if near else "“explorer help” names the commands"
    return UsageError(f"there is no command “{word}”; {hint}")


def _with_values(option: str, action: argparse.Action | None, rest: list[str]) -> list[str]:
    """An option with the values that follow it, which are taken off the rest."""
    if action is None or action.nargs == 0 or _has_none(rest):
        return [option]
    taken = [f"{option}={rest.pop(0)}"]
    while action.nargs == "+" and rest and not _OPTION.fullmatch(rest[0]) and not _is_path(rest[0]):
        taken.append(f"{option}={rest.pop(0)}")
    return taken


def _has_none(rest: Sequence[str]) -> bool:
    """Whether no value follows an option, but another one, what ends them, or nothing."""
    return not rest or rest[0] == "--" or _OPTION.fullmatch(rest[0]) is not None


def _take_dataset(parser: Parser, options: list[str], said: list[str]) -> None:
    """Make the last word an option when it names a dataset that is there.

    argparse would give it to an argument that takes several words. Raises UsageError when
    it is a file that is to be written.
    """
    if parser.option("--dataset") is None or len(said) <= len(parser.needed):
        return
    if _is_path(said[-1]):
        options.append(f"--dataset={said.pop()}")
    elif parser.option("--output") and Path(said[-1]).suffix.lower() not in ("", ".toml"):
        path = said[-1]
        raise UsageError(f"{path} is no dataset; to write it, say “{parser.prog} -o {path}”")


def _is_path(word: str) -> bool:
    """Whether a word names a dataset that is there."""
    path = Path(word)
    if word in bundled():
        return True
    try:
        return path.is_file() if path.suffix == ".toml" else path.is_dir()
    except (OSError, ValueError):
        return False
