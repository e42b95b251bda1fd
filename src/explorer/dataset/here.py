"""A dataset read by this process: parsed, checked, and kept for the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explorer.dataset import cache, file_state, overlay, read
from explorer.dataset.read import Texts
from explorer.record.catalogue import Catalogue

Say = Callable[[str], None]
"""Takes a few words on what is being done."""


def _nobody(_: str) -> None:
    """Takes them where nobody waits."""


def load(
    path: Path, *, any_size: bool, own: Path | None = None, say: Say = _nobody
) -> tuple[str, Catalogue]:
    """What files make, and the key under which it is kept, made now or before.

    `own` is the folder of the overlay that is joined to it. Raises DatasetError.
    """
    seen = file_state.look(overlay.described(path, own))

    def texts() -> tuple[Texts, Texts]:
        return read.texts(path, any_size=any_size), overlay.texts(own, any_size=any_size)

    given = texts()
    key = cache.key_of(*given)
    catalogue = cache.opened(key, lambda: made(*texts()))
    if catalogue is None:
        catalogue = made(*given, say)
        say("Keeping it for the next start")
        cache.keep(key, catalogue)
        catalogue.key = key if file_state.is_kept(key) else ""
    file_state.note(seen, key)
    return key, catalogue


def made(texts: Texts, own: Texts, say: Say = _nobody) -> Catalogue:
    """What files make, with those of an overlay. Raises DatasetError."""
    from explorer.dataset.validate import validate_with  # and pydantic

    dataset, aside = validate_with(texts, own, say)
    say("Finding out what became public when")
    catalogue = Catalogue.of(dataset)
    catalogue.aside = tuple(map(str, aside))
    catalogue.findings  # noqa: B018 -- made now, and not when the first record is shown
    return catalogue
