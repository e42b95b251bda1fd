"""`explorer serve`: the app in a browser."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import redirect_stdout, suppress
from typing import TYPE_CHECKING, Literal, TypedDict
from urllib.parse import urlsplit

from explorer.cli.arguments import Parser, choice
from explorer.cli.given_dataset import (
    add_dataset,
    add_json,
    dataset_path,
    notes_folder,
    overlays_folder,
)
from explorer.cli.output import print_json, say
from explorer.errors import UsageError

if TYPE_CHECKING:
    from explorer.serving.listening import Listening
    from explorer.serving.visitor_homes import Kept
    from explorer.serving.visitors_server import Served

_LOOPBACK = "127.0.0.1"
_LAST_PORT, _MOST = 65_535, 1_000
_MISSING = (
    "the app is served by textual-serve, which is not installed. “pip install 'explorer[web]'” "
    "installs it; after “pipx install explorer” it is “pipx inject explorer textual-serve”."
)
_EXPOSED = (
    "explorer: whoever reaches this address sees the dataset and may write. It asks for no "
    "password, encrypts nothing, and limits neither what a visitor stores nor how long one "
    "stays. Where others than your friends reach it, put a reverse proxy before it that does."
)


def add_arguments(parser: Parser) -> None:
    parser.description = (
        "Show the app in browsers. It is served to this machine alone unless told otherwise, and "
        "lets no visitor reach your files, programs or notes."
    )
    parser.add_argument(
        "--host",
        metavar="HOST",
        default=_LOOPBACK,
        help=f"the address to serve on, instead of {_LOOPBACK}: that of this machine in a "
        "network, or 0.0.0.0 for all it has",
    )
    parser.add_argument(
        "--port", metavar="N", type=_number, help="the port, instead of 8000 or one that is free"
    )
    parser.add_argument(
        "--notes",
        **choice("apart", "off", "mine"),
        default="apart",
        help="keep each visitor’s notes apart (unless said otherwise), keep none, or show and "
        "change your own, which is only possible on this machine",
    )
    parser.add_argument(
        "--visitors",
        metavar="N",
        type=_some,
        default=4,
        help="how many may be there at once, each with a process of some 100 MB; 4 unless said",
    )
    parser.add_argument(
        "--public-url",
        metavar="PUBLIC",
        default="",
        help="the address that a reverse proxy gives it, such as https://talks.example.org",
    )
    parser.add_argument(
        "--as-of", metavar="DATE", help="begin with what was public then: a day or a round"
    )
    add_dataset(parser)
    add_json(parser)


class ServedData(TypedDict):
    """What is served from now on, until it is ended."""

    address: str
    """What to open in a browser."""
    notes: Literal["apart", "off", "mine"]
    """Which notes visitors see and write."""
    visitors: int
    """How many may be there at once."""
    kept_in: str | None
    """The folder of what visitors write, when that is kept apart."""


SHAPE = ServedData


def run(args: argparse.Namespace) -> int:
    path = dataset_path(args)
    public = _public(args.public_url)
    try:
        from explorer.serving.visitors_server import Served
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("textual_serve", "aiohttp"):
            raise
        raise UsageError(_MISSING) from error
    from explorer.opening import read
    from explorer.serving.listening import listen

    # What is wrong with it is for the host to see, and read once it is read quickly.
    opened = read(path, None, args.as_of, any_size=args.any_size)
    listening = listen(args.host, args.port)
    if args.notes == "mine" and (public or not listening.is_loopback):
        raise UsageError(
            "your own notes are shown on this machine alone: leave out --host and --public-url, "
            "or take “--notes apart”"
        )
    unsaid = argparse.Namespace(notes=None, overlay=None)
    own = args.notes == "mine"
    told = {
        "dataset": str(path.absolute()),
        "as_of": args.as_of,
        "any_size": args.any_size,
        "notes": str((own and notes_folder(unsaid)) or ""),
        "overlays": str((own and overlays_folder(unsaid)[0]) or ""),
    }
    name = opened.view.whole.dataset.negotiation.name
    served = Served(told, f"{name} · explorer", args.visitors, public)
    with suppress(KeyboardInterrupt):  # where signals cannot be waited for
        asyncio.run(_serve(served, listening, args.notes, is_data=args.json))
    say("explorer: it is served no more.")
    return 0


async def _serve(served: Served, listening: Listening, kept: Kept, *, is_data: bool) -> None:
    from explorer.serving.visitor_homes import VisitorHomes
    from explorer.serving.visitors_server import VisitorsServer

    server = VisitorsServer(
        served, listening, VisitorHomes(kept), lambda words: say(f"explorer: {words}")
    )

    out = sys.stdout

    def ready() -> None:
        with redirect_stdout(out):
            said()

    def said() -> None:
        place = str(VisitorHomes.place()) if kept == "apart" else None
        if is_data:
            data: ServedData = {
                "address": server.address,
                "notes": kept,
                "visitors": served.places,
                "kept_in": place,
            }
            print_json(data)
            sys.stdout.flush()
        else:
            print(server.address, flush=True)
        if not listening.is_loopback:
            say(_EXPOSED)
        if place:
            say(f"explorer: what visitors write is kept apart, in {place}")
        say("explorer: Ctrl+C ends it.")

    # What is served has nothing more to say there: textual-serve would print among the data.
    with redirect_stdout(sys.stderr):
        await server.run(ready)


def _number(typed: str) -> int:
    if not typed.isdecimal() or int(typed[:6]) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"“{typed}” is no port; they go from 1 to {_LAST_PORT}")
    return int(typed)


def _some(typed: str) -> int:
    if not typed.isdecimal() or not 1 <= int(typed[:6]) <= _MOST:
        raise argparse.ArgumentTypeError(f"“{typed}” is no number from 1 to {_MOST}")
    return int(typed)


def _public(address: str) -> str:
    """An address that a browser may be given, with a slash at its end. Raises UsageError."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.path.strip("/") or parts.query or parts.fragment:
        raise UsageError(
            f"--public-url is the whole address of a host, such as https://talks.example.org, "
            f"without anything behind it; “{address}” is not"
        )
    return f"{parts.scheme}://{parts.netloc}/"
