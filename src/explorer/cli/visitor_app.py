"""The process of one visitor of `explorer serve`: the app, shown in that visitor's browser.

The server starts it, with all it is to know as JSON in its one argument: nothing of it can be
inherited by another program, and nobody is served who only started the app.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.cli.output import say
from explorer.errors import ExplorerError
from explorer.storage import folders
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.opening import Opened

_OFF = "Notes are off: whoever serves this keeps none of visitors."
_PROGRAMS = ("os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.spawn")


def main() -> int:
    """Show the app until the visitor leaves."""
    told: dict[str, Any] = json.loads(sys.argv[1])
    home = told["home"] and Path(told["home"])
    if home:
        folders.stand_in(home)
    sys.addaudithook(_start_no_programs)
    try:
        return _show(told, home or None)
    except ExplorerError as error:
        say(f"explorer: a visitor’s app ended: {error}")
        return error.exit_code
    except Exception as error:  # noqa: BLE001 -- no traceback reaches a person
        from explorer.storage.crash_report import crash

        say(f"explorer: a visitor’s app ended: {crash(error)}")
        return 1


def _show(told: dict[str, Any], home: Path | None) -> int:
    from explorer.dataset import DatasetError
    from explorer.ui.keeper import Keeper
    from explorer.ui.served_app import ServedApp

    notes, overlays = (named and Path(named) for named in (told["notes"], told["overlays"]))

    def reading() -> Opened:
        from explorer.opening import read

        try:
            opened = read(
                Path(told["dataset"]),
                notes or None,
                told["as_of"],
                many_notes_later=True,
                any_size=told["any_size"],
                overlays=overlays or None,
                # What a visitor adds never goes into the dataset itself.
                is_overlay_asked=overlays is not None,
            )
        except DatasetError as error:
            # The visitor is shown nothing of the files; the app has a stream of its own meanwhile.
            found = one_line(str(error).partition("\n")[0])
            print(f"a visitor has to wait: {found}", file=sys.__stderr__, flush=True)
            raise
        return opened if notes else replace(opened, trouble=_OFF)

    gc.freeze()
    keeper = Keeper(on_day=told["as_of"] is not None)
    data = Path(told["dataset"]) if home else None
    app = ServedApp(reading, keeper=keeper, home=home, adds=bool(overlays), data=data)
    error = app.run()
    if app.crash is not None:
        raise app.crash
    if error is not None:
        raise error
    return 0


def _start_no_programs(event: str, given: tuple[Any, ...]) -> None:
    """What no visitor can ask for is not to be had by way of a command that was forgotten either.

    The one program that is started is Python itself, which reads the dataset for this one.
    """
    if event == "subprocess.Popen":
        if _is_python_itself(given[0], given[1]):
            return
    elif event not in _PROGRAMS and event != "webbrowser.open":
        return
    raise PermissionError("no program is started for a visitor")


def _is_python_itself(program: object, arguments: str | Sequence[Any]) -> bool:
    """Whether it is the program that runs, with code of ours."""
    ours = [sys.executable, "-P", "-c"]
    if isinstance(arguments, str):  # on Windows, where programs are given one line
        return arguments.startswith(f'{subprocess.list2cmdline(ours)} "from explorer.')
    words = [str(os.fspath(word)) for word in arguments]
    is_ours = [program, *words[1:3]] == ours and len(words) > len(ours)
    return is_ours and words[3].startswith("from explorer.")


if __name__ == "__main__":
    raise SystemExit(main())
