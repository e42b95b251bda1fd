"""A dataset read by this process: parsed, checked, and kept for the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explorer.dataset import cache, file_state, read
from explorer.dataset.read import Texts
from explorer.record.catalogue import Catalogue

Say = Callable[[str], None]
"""Takes a few words on what is being done."""


def _nobody(_: str) -> None:
    """Takes them where nobody waits."""


def load(path: Path, *, any_size: bool, say: Say = _nobody) -> tuple[str, Catalogue]:
    """What files make, and the key under which it is kept, made now or before.

    Raises DatasetError.
    """
    seen = file_state.look(read.described(path))
    texts = read.texts(path, any_size=any_size)

    def again() -> Catalogue:
        return made(read.texts(path, any_size=any_size))

    key = cache.key_of(texts)
    catalogue = cache.opened(key, again)
    if catalogue is None:
        catalogue = made(texts, say)
        say("Keeping it for the next start")
        cache.keep(key, catalogue)
        catalogue.key = key if file_state.is_kept(key) else ""
    file_state.note(seen, key)
    return key, catalogue


def made(texts: Texts, say: Say = _nobody) -> Catalogue:
    """What files make. Raises DatasetError."""
    from explorer.dataset.validate import validate  # and pydantic

    dataset = validate(texts, say)
    say("Finding out what became public when")
    catalogue = Catalogue.of(dataset)
    catalogue.findings  # noqa: B018 -- made now, and not when the first record is shown
    return catalogue
