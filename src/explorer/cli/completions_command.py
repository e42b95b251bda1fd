"""`explorer completions`: what makes a shell complete commands, options and kinds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import TypedDict

from explorer.cli.arguments import Parser, choice
from explorer.cli.given_dataset import add_json
from explorer.cli.output import print_json
from explorer.dataset.bundled import bundled

SHELLS = ("bash", "zsh", "fish")
_FILES = ("ARCHIVE", "FILE", "OUT")
_FOLDERS = ("DIR", "DIR|off", "FOLDER", "SITE")
_DATASETS = ("DATASET", "DATASET|overlay", "PATH")
"""Names of those that come along, and folders."""
_OPENS = "Open this dataset, which comes along."
_VALUES = {
    "DATE": "day",
    "FIGURE": "figure",
    "ISSUE": "issue",
    "OTHER": "text",
    "REF": "ref",
    "ROUND": "round",
    "TAG": "tag",
    "OLD": "tag",
    "TEXT": "text",
    "WATCH": "watch",
}
"""What the program itself is asked for, by how the help calls it; see `complete_command`."""
_ASKING: Mapping[str, str] = {
    # In bash a colon ends a word, so that of “issue:tar” only “tar” is to be replaced.
    "bash": """
_explorer_values() {
  local line=${COMP_LINE:0:COMP_POINT} typed=$2 value about
  [[ $typed == : || $typed == = ]] && typed=
  local whole=${line##*[[:space:]]}
  whole=${whole##*=}
  local head=${whole%"$typed"}
  while IFS=$'\\t' read -r value about; do
    printf '%s\\n' "${value#"$head"}"
  done < <(explorer complete "$1" -- "$whole" "${COMP_WORDS[@]:1}" 2>/dev/null)
}
""",
    "zsh": """
_explorer_values() {
  local -a lines values
  lines=("${(@f)$(explorer complete $1 -- "$PREFIX" "${(@)words[2,-1]}" 2>/dev/null)}")
  values=("${(@)lines%%$'\\t'*}")
  values=("${(@)values:#}")
  (( $#values )) && compadd -- "${(@)values}"
}
""",
    "fish": """
function _explorer_values
  set -l words (commandline -opc)
  explorer complete $argv[1] -- (commandline -ct) $words[2..-1] 2>/dev/null
end
""",
}
"""The function of each shell that asks it."""
_BODY: Mapping[str, str] = {
    "bash": '_explorer_{}() {{ _explorer_values {} "$1"; {} }}',
    "zsh": "_explorer_{}() {{ _explorer_values {}; {} }}",
    "fish": "function _explorer_{}; _explorer_values {}; {} end",
}
"""A function for one thing, what it asks for, and what is offered besides."""
_FOLDERS_OF: Mapping[str, str] = {
    "bash": 'compgen -d -- "$1";',
    "zsh": "_files -/;",
    "fish": "__fish_complete_directories;",
}


class CompletionsData(TypedDict):
    """What makes a shell complete commands."""

    shell: str
    script: str


SHAPE = CompletionsData


def add_arguments(parser: Parser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "Write it where your shell looks for such files, and open a new shell:\n"
        "  bash: explorer completions bash > ~/.local/share/bash-completion/completions/explorer\n"
        "  zsh: explorer completions zsh > _explorer, in a folder that your $fpath names\n"
        "  fish: explorer completions fish > ~/.config/fish/completions/explorer.fish\n\n"
        "Records, rounds for days, tags and watches are asked of explorer itself as you type."
    )
    parser.add_argument("shell", metavar="SHELL", **choice(*SHELLS), help="bash, zsh or fish")
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    script = completions(args.shell)
    if args.json:
        print_json({"shell": args.shell, "script": script})
    else:
        print(script)
    return 0


def completions(shell: str) -> str:
    """The script for a shell."""
    import shtab

    from explorer.cli.command_table import whole_parser
    from explorer.record.model import PLURALS

    parser = whole_parser()
    # Beside commands a shell cannot offer folders too: it would take each command for one. The
    # names of datasets are put there by `_with_datasets`.
    parser.leave_out("DATASET")
    for action in _actions(parser):
        if what := _VALUES.get(str(action.metavar)):
            action.complete = _asks(what)  # type: ignore[attr-defined]
        elif action.metavar in _DATASETS:
            action.complete = _asks("dataset_dir")  # type: ignore[attr-defined]
        elif action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar == "KIND":
            action.choices = tuple(PLURALS.values())
    script = str(shtab.complete(parser, shell, preamble=_preamble(shell)))
    return _with_datasets(script, shell).strip()


def _with_datasets(script: str, shell: str) -> str:
    """A script that offers the datasets that come along beside the commands."""
    names = [*bundled()]
    match shell:
        case "bash":
            more = f"_shtab_explorer_pos_0_choices+=({' '.join(names)})"
            return script.replace(_ASKING[shell].strip(), f"{more}\n{_ASKING[shell].strip()}", 1)
        case "zsh":
            more = "".join(f"\n    {name}:'{_OPENS}'" for name in names)
            return script.replace("local _commands=(", f"local _commands=({more}", 1)
        case _:
            first = "'_shtab_explorer_using; and test $_shtab_explorer_npos -eq 0'"
            lines = [f"complete -c explorer -n {first} -a {name} -d '{_OPENS}'" for name in names]
            return "\n".join([script.rstrip(), *lines])


def _asks(what: str) -> dict[str, str]:
    """What stands in a script of each shell for asking the program."""
    return {
        "bash": f"_explorer_{what}",
        "zsh": f"_explorer_{what}",
        "fish": f"(_explorer_{what})",
    }


def _preamble(shell: str) -> str:
    """The functions that ask it, one for each thing that is asked for."""
    folders = _FOLDERS_OF[shell]
    each = [_BODY[shell].format(what, what, "") for what in sorted(set(_VALUES.values()))]
    each.append(_BODY[shell].format("dataset_dir", "dataset", folders))
    return "\n".join([_ASKING[shell].strip(), *(body.strip() for body in each)])


def _actions(parser: Parser) -> Iterator[argparse.Action]:
    yield from parser._actions  # noqa: SLF001
    for command in parser.commands.values():
        yield from _actions(command)
