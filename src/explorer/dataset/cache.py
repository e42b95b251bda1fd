"""A checked dataset, kept so that the next start needs neither parser nor checker.

The name of the cached file is a digest of the dataset's files and of the code that
checks them, so a change to either makes a new one. Reading it back may build nothing
but the model's own classes and dates, whoever wrote the file.
"""

from __future__ import annotations

import io
import pickle
from contextlib import suppress
from dataclasses import is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.record import model
from explorer.storage import files, folders
from explorer.text import sanitize, urls

if TYPE_CHECKING:
    from explorer.dataset.read import Texts

_LARGEST = 1 << 30
_KEPT = 8
"""How many checked datasets stay in the cache."""


class _ModelOnly(pickle.Unpickler):
    """Refuses to build anything but the model's classes and dates."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        # A dotted name would reach through the module into the libraries it imports.
        if module == model.__name__ and "." not in name and is_dataclass(getattr(model, name)):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a dataset")


def fetch(texts: Texts) -> model.Dataset | None:
    """The checked dataset that these files make, when it was kept before."""
    try:
        data = files.read_limited(_path(texts), _LARGEST)
        kept = _ModelOnly(io.BytesIO(data)).load()
    except Exception:  # noqa: BLE001 -- a cache that cannot be read is only a slow start
        return None
    return kept if isinstance(kept, model.Dataset) else None


def keep(texts: Texts, dataset: model.Dataset) -> None:
    """Keep a checked dataset for the next start; a failure costs only time."""
    with suppress(OSError):
        path = _path(texts)
        folders.private_folder(path.parent)
        files.replace_file(path, pickle.dumps(dataset, protocol=5))
        by_age = sorted(path.parent.glob("*.pickle"), key=lambda kept: kept.stat().st_mtime)
        for old in by_age[:-_KEPT]:
            old.unlink(missing_ok=True)


def _path(texts: Texts) -> Path:
    modules = (model, files, sanitize, urls)
    code = (*Path(__file__).parent.glob("*.py"), *(Path(str(m.__file__)) for m in modules))
    parts = [path.read_bytes() for path in sorted(code)]
    for file, data in texts.items():
        parts += [str(file).encode(), data]
    joined = b"\0".join(parts)
    return folders.cache_folder() / "datasets" / f"{files.digest(joined)}.pickle"
