"""The cache of checked datasets: fast, never wrong, and never able to run anything."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from explorer import dataset
from explorer.dataset import cache, read
from explorer.record import model
from explorer.storage import files, folders
from explorer.text import sanitize, urls


def kept() -> list[Path]:
    return sorted((folders.cache_folder() / "datasets").glob("*.pickle"))


def put(path, data):
    """Puts something else in the place of the cached dataset."""
    dataset.load(path)
    (at,) = kept()
    at.write_bytes(data)
    return at


LOAD = """
import sys
from pathlib import Path
from explorer import dataset
print(dataset.load(Path(sys.argv[1])).negotiation.name, "pydantic" in sys.modules)
"""


def load_elsewhere(path):
    run = subprocess.run(
        [sys.executable, "-c", LOAD, path], capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def test_the_second_load_needs_no_validator(dataset_of):
    path = dataset_of()

    assert load_elsewhere(path) == "Ferry talks True"
    assert load_elsewhere(path) == "Ferry talks False"


def test_what_comes_from_the_cache_is_what_was_kept(harbour):
    first = dataset.load(harbour)

    second = dataset.load(harbour)

    assert second == first
    assert second is not first


def test_a_change_of_a_file_is_noticed(dataset_of):
    path = dataset_of()
    dataset.load(path)

    path.write_text(path.read_text("utf-8").replace("Ferry talks", "Ferry quarrel"), "utf-8")

    assert dataset.load(path).negotiation.name == "Ferry quarrel"


def test_a_change_that_keeps_size_and_time_is_noticed(dataset_of):
    path = dataset_of()
    dataset.load(path)
    before = path.stat()

    path.write_text(path.read_text("utf-8").replace("Ferry talks", "Merry talks"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert dataset.load(path).negotiation.name == "Merry talks"


def test_a_file_added_to_the_folder_is_noticed(dataset_of):
    path = dataset_of(folder=True)
    dataset.load(path)

    (path / "z.toml").write_text(
        '[[issue]]\nid = "b"\nname = "B"\nsummary = "s"\nsources = ["gazette"]\n'
    )

    assert [issue.id for issue in dataset.load(path).issues] == ["fares", "b"]


def test_a_dataset_with_problems_is_not_kept(dataset_of):
    with pytest.raises(dataset.DatasetError):
        dataset.load(dataset_of("[[vessel]]"))

    assert kept() == []


def test_without_the_cache_nothing_is_kept(dataset_of):
    dataset.load(dataset_of(), cached=False)

    assert kept() == []


@pytest.mark.parametrize("module", [model, files, sanitize, urls])
def test_another_version_of_what_decides_makes_another_cache(
    module, dataset_of, monkeypatch, tmp_path
):
    texts = read.texts(dataset_of())
    changed = tmp_path / "changed.py"
    changed.write_bytes(Path(module.__file__).read_bytes() + b"# changed\n")
    before = cache._path(texts)

    monkeypatch.setattr(module, "__file__", str(changed))

    assert cache._path(texts) != before


def test_the_oldest_of_many_are_thrown_away(dataset_of):
    path = dataset_of()
    text = path.read_text("utf-8")
    names = []
    for number in range(cache._KEPT + 2):
        path.write_text(f"{text}# {number}\n", "utf-8")
        dataset.load(path)
        (new,) = set(kept()) - set(names)
        os.utime(new, (number, number))
        names.append(new)

    assert set(kept()) == set(names[2:])


# A cache that somebody else wrote


class Harmful:
    """Unpickles to a call of whatever function it is given."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def test_a_malicious_cache_is_refused_and_runs_nothing(dataset_of, tmp_path):
    path = dataset_of()
    touched = tmp_path / "touched"
    put(path, pickle.dumps(Harmful(os.system, f"touch {touched}")))

    loaded = dataset.load(path)

    assert loaded.negotiation.name == "Ferry talks"
    assert not touched.exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("os", "system"),
        ("builtins", "eval"),
        ("builtins", "getattr"),
        ("explorer.record.model", "re.compile"),
        ("explorer.record.model", "calendar.sys.modules"),
        ("explorer.record.model", "re"),
        ("explorer.record.model", "Ref"),
        ("explorer.record.model", "dataclass"),
        ("explorer.record.model", "fields"),
        ("explorer.record.model", "Dataset.records"),
        ("explorer.record.model", "Dataset.__init__.__globals__"),
        ("explorer.record.model", "__builtins__"),
        ("explorer.storage.files", "replace_file"),
        ("explorer.notes", "Note"),
        ("datetime", "datetime"),
        ("datetime", "sys.modules"),
    ],
)
@pytest.mark.parametrize("protocol", [0, 4])
def test_nothing_but_records_and_dates_is_reached_from_the_cache(
    dataset_of, module, name, protocol
):
    path = dataset_of()
    if protocol:
        found = (
            pickle.PROTO
            + b"\x04"
            + b"".join(
                pickle.SHORT_BINUNICODE + bytes([len(part)]) + part.encode()
                for part in (module, name)
            )
            + pickle.STACK_GLOBAL
            + b"."
        )
    else:
        found = f"c{module}\n{name}\n.".encode()

    with pytest.raises((pickle.UnpicklingError, TypeError, AttributeError)):
        cache._ModelOnly(__import__("io").BytesIO(found)).load()

    put(path, found)
    assert dataset.load(path).negotiation.name == "Ferry talks"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        pickle.dumps("a text"),
        pickle.dumps(None),
        pickle.dumps([1, 2, 3]),
        pickle.PROTO + b"\x05" + pickle.BINUNICODE8 + b"\xff" * 8,
        b"(" * 100_000,
    ],
    ids=["empty", "nonsense", "text", "none", "list", "vast", "deep"],
)
def test_a_corrupt_cache_is_only_slow_and_is_mended(dataset_of, data):
    path = dataset_of()
    at = put(path, data)

    assert dataset.load(path).negotiation.name == "Ferry talks"
    assert at.read_bytes() != data


def test_a_cache_cut_short_is_only_slow(dataset_of):
    path = dataset_of()
    dataset.load(path)
    (at,) = kept()
    at.write_bytes(at.read_bytes()[:-20])

    assert dataset.load(path).issues


def test_garbage_is_collected_again_after_a_cache_that_failed(dataset_of):
    path = dataset_of()
    put(path, b"nonsense")

    dataset.load(path)

    assert gc.isenabled()


def test_a_cache_that_cannot_be_written_is_only_slow(dataset_of, own_folders):
    (own_folders / "cache").write_text("a file stands where the folder should be")

    assert dataset.load(dataset_of()).negotiation.name == "Ferry talks"


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_the_cache_is_for_its_owner_alone(dataset_of):
    dataset.load(dataset_of())

    (at,) = kept()
    assert at.stat().st_mode & 0o077 == 0
    assert at.parent.stat().st_mode & 0o077 == 0
