"""The address that is served on: found, taken, and said as a person would open it."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys

from explorer.errors import UsageError
from explorer.storage import files
from explorer.values import dataclass

PORT = 8000
"""The port that is tried first when none was asked for."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A place that browsers can reach."""

    socket: socket.socket
    host: str
    """As it was asked for."""

    @property
    def port(self) -> int:
        port: int = self.socket.getsockname()[1]
        return port

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches it."""
        return ipaddress.ip_address(self.socket.getsockname()[0].partition("%")[0]).is_loopback

    @property
    def is_everywhere(self) -> bool:
        """Whether it is every address of this machine."""
        return ipaddress.ip_address(self.socket.getsockname()[0].partition("%")[0]).is_unspecified

    @property
    def address(self) -> str:
        """What to type into a browser."""
        host = socket.gethostname() if self.is_everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def listen(host: str, port: int | None) -> Listening:
    """Take a port; without one the usual, or any that is free. Raises UsageError."""
    try:
        found = socket.getaddrinfo(host, port or PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(
            f"the host “{host}” is not found: {why}. Without --host only this machine is served."
        ) from error
    family, _, _, _, address = found[0]
    tried = (port,) if port is not None else (PORT, 0)
    for number in tried:
        try:
            return Listening(_bound(family, (address[0], number, *address[2:])), host)
        except (OSError, OverflowError) as error:
            is_last = number == tried[-1]
            if is_last or getattr(error, "errno", None) != errno.EADDRINUSE:
                raise UsageError(_why_not(host, number, error)) from error
    raise AssertionError("one of them is the last")


def _bound(family: int, address: tuple[object, ...]) -> socket.socket:
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            # A port that was left a moment ago is free; on Windows this would share it.
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(128)
    except BaseException:
        taken.close()
        raise
    return taken


def _why_not(host: str, port: int, error: OSError | OverflowError) -> str:
    if isinstance(error, OverflowError):
        return f"there is no port {port}; they go from 1 to 65535"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program; name another, or leave out --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"“{host}” is not an address of this machine; 0.0.0.0 stands for all it has"
    if error.errno == errno.EACCES:
        return f"port {port} may not be taken by this user; those from 1024 on may"
    return f"port {port} of {host} cannot be served: {files.why(error)}"
