"""A dataset read by another process, so that whoever waits may do something else, or stop it.

The parser keeps all threads of a process waiting, for seconds if a file is large. The other
process says in lines of JSON what it does, and at last where it has put what it made, or what
the problems are.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from explorer.dataset import cache, file_state, here, packed
from explorer.dataset.problems import DatasetError, Problem
from explorer.dataset.progress import Progress, Stopped

if TYPE_CHECKING:
    from explorer.dataset.cache import Again
    from explorer.record.catalogue import Catalogue

_ANY_SIZE, _ON_WORD = "--any-size", "--on-word"
_ENDED = "it was being read when the process that did it was ended; was there too little memory?"


def begun(path: Path, *, any_size: bool, own: Path | None = None) -> subprocess.Popen[bytes] | None:
    """Another process that has begun to read a dataset; None when none can be started."""
    return _started(path, own, any_size=any_size, waits=False)


def made_ready(
    path: Path, *, any_size: bool, own: Path | None = None
) -> subprocess.Popen[bytes] | None:
    """The same, but it only gets ready, and reads when `let_read` says so."""
    return _started(path, own, any_size=any_size, waits=True)


def let_read(process: subprocess.Popen[bytes] | None) -> None:
    """Let a process that was made ready read what the files have now."""
    if process is not None and process.stdin is not None:
        with suppress(OSError, ValueError):  # it was ended
            process.stdin.write(b"\n")
            process.stdin.close()


def _started(
    path: Path, own: Path | None, *, any_size: bool, waits: bool
) -> subprocess.Popen[bytes] | None:
    # Nothing may be imported from the folder that the person happens to be in.
    code = f"from {__name__} import run; run()"
    command = [sys.executable, "-P", "-c", code, os.fspath(path), os.fspath(own or "")]
    command += [_ANY_SIZE] * any_size + [_ON_WORD] * waits
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE if waits else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, ValueError):
        return None


def load(
    path: Path, progress: Progress, again: Again, *, any_size: bool, own: Path | None = None
) -> Catalogue | None:
    """What another process makes of a dataset; None when it cannot do that.

    It goes on with the process that has begun already, if one has. `own` is the folder of the
    overlay that is joined to it, after it was read by itself.

    Raises DatasetError, and Stopped.
    """
    process = progress.process
    if process is None or progress.own != own:
        progress.watch(process := begun(path, any_size=any_size, own=own), own)
    if process is None:
        return None
    with process:
        assert process.stdout is not None, "it is piped"
        try:
            found = _answer(process.stdout, progress, again)
        except ValueError:  # it is no such process
            found = None
    if progress.is_stopped:
        raise Stopped
    if found is None and process.returncode < 0:
        raise DatasetError(path, [Problem(file=path, message=_ENDED)])
    return found


def _answer(lines: IO[bytes], progress: Progress, again: Again) -> Catalogue | None:
    for line in lines:
        match json.loads(line):
            case {"doing": str(words)}:
                progress.say(words)
            case {"problems": list(problems), "path": str(of)}:
                raise DatasetError(Path(of), map(Problem.of_data, problems))
            case {"kept": str(key)}:
                return cache.opened(key, again)
            case {"packed": int(length)}:
                return _in_memory(lines.read(length), again)
    return None


def _in_memory(data: bytes, again: Again) -> Catalogue:
    return packed.unpack(lambda low, high: data[low:high], again)


def _read_for_another() -> None:
    """Read a dataset for the process that started this one."""
    gc.disable()
    path, any_size = Path(sys.argv[1]), _ANY_SIZE in sys.argv[3:]
    own = Path(sys.argv[2]) if sys.argv[2] else None
    if _ON_WORD in sys.argv[3:]:
        from explorer.dataset import validate

        validate.adapter()
        if not sys.stdin.buffer.readline():
            return  # nobody is there to say it any more

    def answer(**data: Any) -> None:
        sys.stdout.buffer.write(json.dumps(data).encode() + b"\n")
        sys.stdout.buffer.flush()

    try:
        key, catalogue = here.load(
            path, any_size=any_size, own=own, say=lambda words: answer(doing=words)
        )
    except DatasetError as error:
        answer(problems=[problem.as_data() for problem in error.problems], path=str(error.path))
        return
    if file_state.is_kept(key):
        answer(kept=key)
        return
    data = packed.pack(catalogue)
    answer(packed=len(data))
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def run() -> None:
    """Do it, and end at once: to clear up what a large dataset takes would take a while."""
    _read_for_another()
    os._exit(0)
