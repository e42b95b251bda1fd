"""What a person types after `explorer`, brought into the one form that the commands read.

Options may stand before the command or after it, a value may begin with a minus, a dataset
may be named last. What is not understood is said in a sentence, with an example that works.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from explorer.errors import UsageError

VALUED: Mapping[str, str] = {
    "--as-of": "madrid",
    "--cite": "markdown",
    "--dataset": "my-talks/",
    "--format": "md",
    "--from": "geneva",
    "--go": "issue:taiwan",
    "--issue": "tariffs",
    "--kind": "quote",
    "--limit": "20",
    "--notes": "my-notes/",
    "--output": "brief.md",
    "-o": "brief.md",
    "--round": "madrid",
    "--since": "2025-10-01",
    "--tag": "watch",
    "--to": "madrid",
}
"""The options of all commands that take a value, each with one for an example."""
_SEVERAL = ("--issue", "--round")
"""Those that take one value or more."""

EXAMPLES: Mapping[str, str] = {
    "": "explorer --as-of madrid",
    "check": "explorer check my-talks/",
    "list": "explorer list rounds",
    "show": "explorer show round:kuala-lumpur",
    "positions": "explorer positions --since 2025-10-01",
    "accounts": "explorer accounts round:kuala-lumpur",
    "measures": "explorer measures --as-of madrid",
    "rates": "explorer rates --as-of -2w",
    "changes": "explorer changes --from geneva --to madrid",
    "search": "explorer search soybeans speaker:bessent",
    "brief": "explorer brief --issue tariffs -o brief.md",
    "notes": "explorer notes list",
    "notes export": "explorer notes export -o notes.md",
    "notes import": "explorer notes import notes.md",
    "notes restore": "explorer notes restore backup.zip",
    "notes rename-tag": "explorer notes rename-tag old new",
}
"""For each command something that works."""

_LEAST: Mapping[str, int] = {
    "list": 1,
    "show": 1,
    "search": 1,
    "notes": 1,
    "notes import": 2,
    "notes restore": 2,
    "notes rename-tag": 3,
}
"""How many words a command needs; none when it is not here."""
_VERY = 0.75
"""How like a short word must be to be meant."""
_OPTION = re.compile(r"--?[^\W\d][\w-]*(?:=.*)?", re.DOTALL)
_WRITING = ("brief", "notes backup", "notes export")
"""Commands that write a file, which is named with -o."""
_OPEN = ("show", "search", "accounts")
"""Commands of which a further word may be a dataset, and may be more of the same."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong as the rest of the program does, and guesses nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(self.sentence(message))

    def sentence(self, message: str) -> str:
        """What argparse says, with the command that it is about and an example."""
        works = example(self._name)
        if missing := re.fullmatch(r"the following arguments are required: (.*)", message):
            message = f"{missing[1]} is missing"
        elif valueless := re.fullmatch(r"argument (\S+): expected .*", message):
            option = valueless[1].split("/")[-1]
            message = f"{option} needs a value after it"
            works += "" if f" {option} " in works else f" {option} {VALUED.get(option, '…')}"
        elif wrong := re.fullmatch(r".*?: invalid choice: '(.*?)'.*?\(choose from (.*)\)", message):
            message = _not_one_of(wrong[1], re.findall(r"[\w-]+", wrong[2]))
        elif about := re.fullmatch(r"argument (\S+): (.*)", message, re.DOTALL):
            message = f"{about[1]}: {about[2]}"
        lead = f"{self._name}: " if self._name else ""
        return f"{lead}{message}" + ("" if message.endswith("?") else f"; for example “{works}”")

    @property
    def _name(self) -> str:
        """The command, without the program's name."""
        return self.prog.removeprefix("explorer").strip()

    def parsed(self, given: Sequence[str]) -> argparse.Namespace:
        """What was given. Raises UsageError, which names what is not known."""
        args, unknown = self.parse_known_args(given)
        if not unknown:
            return args
        option = next((word for word in unknown if word.startswith("-")), unknown[0])
        option = option.partition("=")[0]
        known = set(re.findall(r"--[a-z-]+", self.format_help())) - {option}
        begun = sorted(name for name in known if name.startswith(option))
        near = (begun or [nearest(option, known, _VERY)])[0] if option.startswith("--") else ""
        hint = f"did you mean “{near}”?" if near else f"“{self.prog} --help” says what it takes"
        lead = f"{self._name} does" if self._name else "without a command it does"
        raise UsageError(f"{lead} not take “{option}”; {hint}")


def one_of(*choices: str) -> Callable[[str], str]:
    """A type of argument: one of several words, in whatever case."""

    def chosen(typed: str) -> str:
        word = typed.strip().casefold()
        if word in choices:
            return word
        raise argparse.ArgumentTypeError(_not_one_of(typed, choices))

    return chosen


def choice(*words: str) -> dict[str, Any]:
    """What `add_argument` takes for an option that is one of several words."""
    return {"type": one_of(*words), "metavar": f"{{{','.join(words)}}}"}


def _not_one_of(typed: str, choices: Sequence[str]) -> str:
    near = nearest(typed.casefold(), choices)
    hint = f"; did you mean “{near}”?" if near else ""
    return f"“{typed}” is not one of {', '.join(choices[:-1])} and {choices[-1]}{hint}"


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word that is most like one; empty when none is."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)), "")


def example(name: str) -> str:
    """Something that works, for a command or for the one that it belongs to."""
    return EXAMPLES.get(name) or EXAMPLES.get(name.partition(" ")[0]) or EXAMPLES[""]


@dataclass(frozen=True, slots=True)
class Typed:
    """A command and what was given to it; no command opens the app."""

    command: str
    given: tuple[str, ...]


def typed(words: Sequence[str], commands: Iterable[str]) -> Typed:
    """What was typed, options and a dataset in their places. Raises UsageError."""
    known = list(commands)
    options, said = _parted(_joined(words))
    word = said[0].casefold() if said else ""
    if {"-V", "--version"} & set(options) or word == "version":
        return Typed("version", tuple(o for o in options if o in ("--json", "--help", "-h")))
    if word == "help":
        return Typed(word, tuple(said[1:]))
    if not said or said[0] in known:
        return _ordered(said[0] if said else "", options, said[1:])
    if said[1:] and said[1] in known:  # “explorer my-talks/ list rounds”
        return _ordered(said[1], [*options, f"--dataset={said[0]}"], said[2:])
    if word in known:
        return _ordered(word, options, said[1:])
    if said[1:]:
        near = nearest(word, known)
        hint = f"did you mean “{near}”?" if near else "“explorer help” names the commands"
        raise UsageError(f"there is no command “{said[0]}”; {hint}")
    return _ordered("", options, said)


def _joined(words: Sequence[str]) -> list[str]:
    """Each option and its value as one word: “--as-of -2w” becomes “--as-of=-2w”."""
    joined: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return [*joined, word, *rest]
        if word not in VALUED or not rest or not _is_value(rest[0]):
            joined.append(word)
            continue
        name = "--output" if word == "-o" else word
        joined.append(f"{name}={rest.pop(0)}")
        while word in _SEVERAL and rest and not _is_option(rest[0]) and not _is_path(rest[0]):
            joined.append(f"{name}={rest.pop(0)}")
    return joined


def _is_option(word: str) -> bool:
    return _OPTION.fullmatch(word) is not None


def _is_value(word: str) -> bool:
    """Whether a word after an option is its value: “-2w” is, “--json” and “-o” are not."""
    return not _is_option(word) or re.match(r"-\d", word) is not None


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options, and the words that are none."""
    options: list[str] = []
    said: list[str] = []
    for place, word in enumerate(words):
        if word == "--":
            return options, [*said, *words[place + 1 :]]
        (options if _is_option(word) else said).append(word)
    return options, said


def _ordered(command: str, options: Sequence[str], said: Sequence[str]) -> Typed:
    """The words of a command as its parser wants them: options, then what it is about."""
    options, said = list(options), list(said)
    if said == ["help"] and command not in ("", "search"):
        return Typed("help", (command,))
    if command == "search":  # where “-fentanyl” leaves out what has that word
        said += [word for word in options if _leaves_out(word)]
        options = [word for word in options if not _leaves_out(word)]
    if command in ("", "check"):  # which are about a dataset and nothing else
        said += [w.partition("=")[2] for w in options if w.startswith("--dataset=")]
        options = [w for w in options if not w.startswith("--dataset=")]
    elif path := _dataset(command, said):
        _refuse_file_to_write(f"{command} {said[0]}" if command == "notes" else command, path)
        if any(word.startswith("--dataset=") for word in options):
            raise UsageError(f"two datasets are named; leave out {path} or --dataset")
        said.pop()
        options.append(f"--dataset={path}")
    if command == "notes":  # whose commands have options of their own
        return Typed(command, (*said[:1], *options, *_guarded(said[1:])))
    return Typed(command, (*options, *_guarded(said)))


def _refuse_file_to_write(name: str, path: str) -> None:
    """Raises UsageError when what should be a dataset is a file that is to be written."""
    suffix = Path(path).suffix.lower()
    if name in _WRITING and suffix not in ("", ".toml") and not Path(path).is_dir():
        raise UsageError(f"{path} is no dataset; to write it, say “explorer {name} -o {path}”")


def _leaves_out(word: str) -> bool:
    return re.match(r"-[^\W\d_]{2}", word) is not None


def _guarded(said: Sequence[str]) -> Sequence[str]:
    """Words that are no options, though one may begin with a minus."""
    return ("--", *said) if any(word.startswith("-") for word in said) else said


def _dataset(command: str, said: Sequence[str]) -> str:
    """The last word, when it names a dataset; else nothing."""
    name = f"{command} {said[0]}" if command == "notes" and said else command
    least = _LEAST.get(name, _LEAST.get(command, 0))
    if not command or len(said) <= least:
        return ""
    # A further word can be nothing else, except where more of the same may follow.
    is_surely = command not in _OPEN and len(said) == least + 1
    return said[-1] if is_surely or _is_path(said[-1]) else ""


def _is_path(word: str) -> bool:
    """Whether a word names a dataset that is there."""
    path = Path(word)
    try:
        return path.is_file() if path.suffix == ".toml" else path.is_dir()
    except (OSError, ValueError):
        return False
