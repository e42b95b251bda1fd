"""Makes this Python like one on Windows to the program, as far as that can be done elsewhere.

With this folder first in PYTHONPATH, whatever is imported of `explorer` finds `sys.platform` to be
“win32”, and of `os`, `signal` and the modules that only Unix has nothing that Windows has not;
all others find what is there. Files behave as they do on Windows: those that are open can neither
be moved, replaced nor removed, nor those that may only be read; folders cannot be opened; modes
say nothing; some names cannot be given. What is not like Windows: paths, the terminal, processes.
"""

from __future__ import annotations

import builtins
import errno
import functools
import io
import os
import re
import signal
import stat
import subprocess
import sys
import types
from pathlib import Path

MISSING = frozenset(
    (
        "crypt curses fcntl grp nis ossaudiodev posix pty pwd readline resource spwd syslog "
        "termios tty"
    ).split()
)
NOT_IN_OS = frozenset(
    """
    chown chroot confstr copy_file_range ctermid eventfd fchdir fchmod fchown fdatasync fork forkpty
    fpathconf fstatvfs get_blocking getegid geteuid getgid getgrouplist getgroups getloadavg getpgid
    getpgrp getpriority getresgid getresuid getsid getuid initgroups killpg lchown lockf major
    makedev memfd_create minor mkfifo mknod nice openpty pathconf pidfd_open pipe2 posix_fadvise
    posix_fallocate posix_spawn posix_spawnp pread preadv pwrite pwritev readv register_at_fork
    sched_getaffinity sched_yield sendfile set_blocking setegid seteuid setgid setgroups setpgid
    setpriority setregid setresgid setresuid setreuid setsid setuid splice statvfs sync sysconf
    tcgetpgrp tcsetpgrp ttyname uname unshare wait wait3 wait4 waitid writev O_ASYNC O_CLOEXEC
    O_DIRECT O_DIRECTORY O_DSYNC O_NDELAY O_NOATIME O_NOCTTY O_NOFOLLOW O_NONBLOCK O_PATH O_RSYNC
    O_SYNC WNOHANG WUNTRACED
    """.split()
)
SIGNALS = {"SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM"}
NOT_IN_SIGNAL = frozenset(
    name
    for name in dir(signal)
    if (re.fullmatch(r"SIG[A-Z0-9]+", name) and name not in SIGNALS)
    or name in ("alarm", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "sigwait")
)
NO_NAME = re.compile(
    r'[<>:"|?*\\\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE
)


class Lacking(types.ModuleType):
    """A module as it is to the program: without some names, and with others instead."""

    def __init__(self, real, lacks=frozenset(), **instead):
        super().__init__(real.__name__)
        self.__dict__.update(_real=real, _lacks=lacks, **instead)

    def __getattr__(self, name):
        if name in self._lacks:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return getattr(self._real, name)

    def __setattr__(self, name, value):
        setattr(self._real, name, value)


def refused(path, number=5):
    words = {5: "Access is denied", 32: "The process cannot access the file: it is in use"}
    error = PermissionError(errno.EACCES, words[number], os.fspath(path))
    error.winerror = number
    return error


def name_checked(path):
    name = Path(os.fsdecode(path)).name if not isinstance(path, int) else ""
    if NO_NAME.search(name) or len(name) > 255:
        raise OSError(errno.EINVAL, "The filename, directory name, or volume label is wrong", name)


def is_folder(path):
    return os.path.isdir(path)  # noqa: PTH112 -- a path may be the number of an open file


def open_paths():
    for number in _real["listdir"]("/proc/self/fd"):
        try:
            yield str(Path(f"/proc/self/fd/{number}").readlink())
        except OSError:
            continue


def refuse_in_use(path, number):
    """Raises PermissionError when a file, or one in a folder, is open in this process."""
    place = os.path.realpath(path)
    for found in open_paths():
        if (found == place and not is_folder(place)) or found.startswith(f"{place}/"):
            raise refused(path, number)


def refuse_sealed(path):
    try:
        found = _real["lstat"](path)
    except OSError:
        return
    if stat.S_ISREG(found.st_mode) and not found.st_mode & stat.S_IWUSR:
        raise refused(path)


_real = {
    name: getattr(os, name)
    for name in (
        *("fstat", "link", "listdir", "lstat", "mkdir", "open", "remove", "rename"),
        *("replace", "rmdir", "stat", "unlink", "utime"),
    )
}


def moving(name):
    real = _real[name]

    @functools.wraps(real)
    def moved(new, place, **given):
        name_checked(place)
        refuse_in_use(new, 32)
        if os.path.lexists(place):
            if name == "rename":
                raise FileExistsError(errno.EEXIST, "It is there already", os.fspath(place))
            refuse_in_use(place, 5)
            refuse_sealed(place)
            if is_folder(place):
                raise refused(place)
        return real(new, place, **given)

    return moved


def removing(name):
    real = _real[name]

    @functools.wraps(real)
    def removed(path, *, dir_fd=None):
        if dir_fd is None:
            refuse_in_use(path, 32)
            refuse_sealed(path)
        return real(path, dir_fd=dir_fd)

    return removed


def as_windows_says(found):
    """What is known of a file, without who may do what to it."""
    is_dir = stat.S_ISDIR(found.st_mode)
    may = 0o777 if is_dir else 0o666 if found.st_mode & stat.S_IWUSR else 0o444
    fields = list(found)
    fields[0] = stat.S_IFMT(found.st_mode) | may
    fields[4] = fields[5] = 0
    named = {name: getattr(found, name) for name in dir(found) if name.startswith("st_")}
    return os.stat_result(fields, named)


def stating(name):
    real = _real[name]

    @functools.wraps(real)
    def said(*given, **named):
        return as_windows_says(real(*given, **named))

    return said


def mkdir(path, mode=0o777, **given):
    name_checked(path)
    return _real["mkdir"](path, mode, **given)


def opening(real):
    @functools.wraps(real)
    def opened(file, mode="r", *given, **named):
        if not isinstance(file, int) and set(mode) & set("wxa"):
            name_checked(file)
        return real(file, mode, *given, **named)

    return opened


def low_open(path, flags, mode=0o777, *, dir_fd=None):
    """As the program opens files, and not what Python itself does with folders."""
    if is_folder(path):
        raise refused(path)
    if flags & os.O_CREAT:
        name_checked(path)
    return _real["open"](path, flags, mode, dir_fd=dir_fd)


def utime(path, *given, follow_symlinks=True, **named):
    if not follow_symlinks or isinstance(path, int):
        raise NotImplementedError("utime: unavailable on this platform")
    return _real["utime"](path, *given, **named)


def kill(pid, number):
    raise AssertionError(f"on Windows this would have ended process {pid}")


def startfile(path):
    Path(os.environ["LIKE_WINDOWS_STARTED"]).write_text(os.fspath(path), "utf-8")


os.replace, os.rename = moving("replace"), moving("rename")
os.unlink, os.remove = removing("unlink"), removing("remove")
os.stat, os.lstat, os.fstat = stating("stat"), stating("lstat"), stating("fstat")
os.mkdir = mkdir
io.open = builtins.open = opening(io.open)

VIEWS = {
    "os": Lacking(
        os,
        NOT_IN_OS,
        name="nt",
        open=low_open,
        utime=utime,
        kill=kill,
        startfile=startfile,
        O_BINARY=0,
        supports_fd=frozenset(),
        supports_dir_fd=frozenset(),
        supports_follow_symlinks=frozenset(),
    ),
    "sys": Lacking(sys, platform="win32"),
    "signal": Lacking(signal, NOT_IN_SIGNAL),
    "subprocess": Lacking(subprocess, CREATE_NO_WINDOW=0),
}


def folders_of_windows(found):
    if "LOCALAPPDATA" in os.environ and found.PlatformDirs.__name__ != "Windows":
        from platformdirs import windows

        windows.get_win_folder = windows.get_win_folder_from_env_vars
        found.PlatformDirs = windows.Windows
    return found


_import = builtins.__import__


@functools.wraps(_import)
def imported(name, globals=None, locals=None, fromlist=(), level=0):  # noqa: A002
    by = str((globals or {}).get("__name__", "")).partition(".")[0]
    if level == 0 and by == "explorer":
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name in VIEWS:
            return VIEWS[name]
        if name == "platformdirs":
            return folders_of_windows(_import(name, globals, locals, fromlist, level))
    return _import(name, globals, locals, fromlist, level)


builtins.__import__ = imported
