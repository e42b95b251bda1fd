"""Whether the person here has been shown round: an empty file that says so, once for all talks."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from explorer.documents.sheet import Span, spans_of
from explorer.storage import folders
from explorer.ui import key_words


def _seen() -> Path:
    return folders.state_folder() / "shown-round"


def how_to_go_on() -> Sequence[Span]:
    """A line for who is new here; nothing for who has been shown round."""
    if _seen().exists():
        return ()
    tour, keys = (Span(key_words.cap(slug), "key") for slug in ("tour", "help"))
    said = ("New here? Press ", tour, " to be shown round, ", keys, " for keys and signs.")
    return spans_of(said)


def is_shown_round() -> None:
    """Keep that the person need not be told again; a folder that takes nothing costs only that."""
    with suppress(OSError):
        folders.private_folder(_seen().parent)
        _seen().touch(mode=0o600)
