"""Starts explorer in a terminal again and again, having imported it but once.

`start` asks a process that has imported the program, and runs nothing of it, for a fork. What
runs then is what `python -m explorer` runs, a third of a second later than that would. Where
there is no such way (it is Linux's), or where the environment decides what is imported, the
program is started anew.
"""

from __future__ import annotations

import atexit
import ctypes
import fcntl
import functools
import gc
import json
import os
import pty
import socket
import struct
import subprocess
import sys
import termios
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ptyprocess

_ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER: the fork's parent ends at once, and we are to hear of its end."""
_STOPS = ("TEXTUAL", "PYTHON")


def start(
    arguments: Sequence[str], env: Mapping[str, str], size: tuple[int, int], cwd: Path
) -> Any:
    """Start explorer in a terminal of this many columns and lines."""
    columns, lines = size
    if sys.platform != "linux" or any(name.startswith(_STOPS) for name in env):
        argv = [sys.executable, "-m", "explorer", *arguments]
        return spawn(argv, env, size, cwd)
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    server = _server()
    socket.send_fds(server, [json.dumps([arguments, dict(env), str(cwd)]).encode()], [far])
    os.close(far)
    return ptyprocess.PtyProcess(int(server.recv(64)), near)


def spawn(
    argv: Sequence[str], env: Mapping[str, str], size: tuple[int, int], cwd: Path | None
) -> Any:
    """Start a program in a terminal."""
    columns, lines = size
    with warnings.catch_warnings():
        # Python warns of forking beside threads; the child only becomes the program.
        warnings.simplefilter("ignore", DeprecationWarning)
        return ptyprocess.PtyProcess.spawn(
            list(argv),
            env=dict(env),
            dimensions=(lines, columns),
            cwd=None if cwd is None else str(cwd),
        )


@functools.cache
def _server() -> socket.socket:
    ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    near, far = pty.openpty()  # so that Python's own streams are those of a terminal
    with theirs:
        server = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env={**os.environ, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": ""},
            stdin=far,
            stdout=far,
            stderr=far,
        )
    os.close(far)

    def end() -> None:
        ours.close()
        server.wait()
        os.close(near)

    atexit.register(end)
    return ours


def _serve(asked: socket.socket) -> None:
    import explorer.ui.main_screen
    from explorer import cli

    assert explorer
    gc.collect()
    gc.freeze()
    while True:
        data, (*terminal,), _, _ = socket.recv_fds(asked, 1 << 20, 1)
        if not data:
            return
        if (pid := _forked_for_another_parent()) == 0:
            asked.close()
            os.login_tty(*terminal)
            sys.exit(_run(cli.main, *json.loads(data)))
        os.close(*terminal)
        asked.send(str(pid).encode())


def _forked_for_another_parent() -> int:
    """The number of a process that is not ours to wait for; 0 in that process."""
    reading, writing = os.pipe()
    if between := os.fork():
        os.waitpid(between, 0)
        pid = int(os.read(reading, 64))
    elif (pid := os.fork()) > 0:
        os.write(writing, str(pid).encode())
        os._exit(0)
    os.close(reading)
    os.close(writing)
    return pid


def _run(
    main: Callable[[list[str]], int], arguments: list[str], env: dict[str, str], cwd: str
) -> int:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    time.tzset()
    return main(arguments)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
