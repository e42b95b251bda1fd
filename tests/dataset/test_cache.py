"""The cache of checked datasets: fast, never wrong, and never able to run anything."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import explorer
from explorer import dataset
from explorer.dataset import cache, file_state, packed, read
from explorer.storage import folders


def folder() -> Path:
    return folders.cache_folder() / "datasets"


def kept() -> list[Path]:
    return sorted(folder().glob("*.records"))


def put(path, data):
    """Puts something else in the place of the cached dataset."""
    dataset.load(path)
    (at,) = kept()
    at.write_bytes(data)
    return at


def name_of(path) -> str:
    return dataset.load(path).dataset.negotiation.name


LOAD = """
import sys
from pathlib import Path
from explorer import dataset
print(dataset.load(Path(sys.argv[1])).dataset.negotiation.name, "pydantic" in sys.modules)
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
    first = dataset.load(harbour).dataset

    second = dataset.load(harbour).dataset

    assert second == first
    assert second is not first


def test_a_change_of_a_file_is_noticed(dataset_of):
    path = dataset_of()
    dataset.load(path)

    path.write_text(path.read_text("utf-8").replace("Ferry talks", "Ferry quarrel"), "utf-8")

    assert dataset.load(path).dataset.negotiation.name == "Ferry quarrel"


def test_a_change_that_keeps_size_and_time_is_noticed(dataset_of):
    path = dataset_of()
    dataset.load(path)
    before = path.stat()

    path.write_text(path.read_text("utf-8").replace("Ferry talks", "Merry talks"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert dataset.load(path).dataset.negotiation.name == "Merry talks"


def test_a_file_added_to_the_folder_is_noticed(dataset_of):
    path = dataset_of(folder=True)
    dataset.load(path)

    (path / "z.toml").write_text(
        '[[issue]]\nid = "b"\nname = "B"\nsummary = "s"\nsources = ["gazette"]\n'
    )

    assert [issue.id for issue in dataset.load(path).dataset.issues] == ["fares", "b"]


def test_a_dataset_with_problems_is_not_kept(dataset_of):
    with pytest.raises(dataset.DatasetError):
        dataset.load(dataset_of("[[vessel]]"))

    assert kept() == []


def test_without_the_cache_nothing_is_kept(dataset_of):
    dataset.load(dataset_of(), cached=False)

    assert kept() == []


@pytest.mark.parametrize("package", ["dataset", "record", "text"])
def test_another_version_of_what_decides_makes_another_cache(
    package, dataset_of, monkeypatch, tmp_path
):
    texts = read.texts(dataset_of())
    there = Path(shutil.copytree(Path(explorer.__file__).parent, tmp_path / "explorer"))
    monkeypatch.setattr(file_state, "__file__", str(there / "dataset" / "file_state.py"))
    before = cache.key_of(texts)
    assert cache.key_of(texts) == before

    (there / package / "more.py").write_text("# changed\n")

    assert cache.key_of(texts) != before


def test_the_oldest_of_many_are_thrown_away(dataset_of):
    path = dataset_of()
    text = path.read_text("utf-8")
    names = []
    for number in range(cache.KEPT + 2):
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

    loaded = dataset.load(path).dataset

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
        packed._ModelOnly(__import__("io").BytesIO(found)).load()

    put(path, found)
    assert dataset.load(path).dataset.negotiation.name == "Ferry talks"


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

    assert dataset.load(path).dataset.negotiation.name == "Ferry talks"
    assert at.read_bytes() != data


def test_a_cache_cut_short_is_only_slow(dataset_of):
    path = dataset_of()
    dataset.load(path)
    (at,) = kept()
    at.write_bytes(at.read_bytes()[:-20])

    assert dataset.load(path).dataset.issues


def test_garbage_is_collected_again_after_a_cache_that_failed(dataset_of):
    path = dataset_of()
    put(path, b"nonsense")

    dataset.load(path)

    assert gc.isenabled()


def test_a_cache_that_cannot_be_written_is_only_slow(dataset_of, own_folders):
    (own_folders / "cache").write_text("a file stands where the folder should be")

    assert dataset.load(dataset_of()).dataset.negotiation.name == "Ferry talks"


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_the_cache_is_for_its_owner_alone(dataset_of):
    dataset.load(dataset_of())

    (at,) = kept()
    assert at.stat().st_mode & 0o077 == 0
    assert at.parent.stat().st_mode & 0o077 == 0


# Which state of the files a cache belongs to


OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, of: opened.append(str(of[0])) if event == "open" else None)
from pathlib import Path
from explorer import dataset
from explorer.dataset import file_state
file_state._SHORT = -10**18 if "settled" in sys.argv else file_state._SHORT
dataset.load(Path(sys.argv[1])).dataset.negotiation
print(sum(name.endswith(".toml") for name in opened), "tomli" in sys.modules)
"""


def files_read(path, *settled):
    run = subprocess.run(
        [sys.executable, "-c", OPENED, path, *settled], capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def test_a_later_start_reads_no_file_of_the_dataset(dataset_of):
    path = dataset_of(folder=True)

    assert files_read(path) == "2 True"
    assert files_read(path, "settled") == "0 False"


def test_files_changed_a_moment_ago_are_read_but_not_parsed(dataset_of):
    path = dataset_of(folder=True)

    assert files_read(path) == "2 True"
    assert files_read(path) == "2 False"


def test_a_change_that_the_disk_does_not_notice_is_noticed(dataset_of, monkeypatch):
    path = dataset_of()
    monkeypatch.setattr(file_state, "_marks", lambda found: ())
    assert name_of(path) == "Ferry talks"

    path.write_text(path.read_text("utf-8").replace("Ferry talks", "Merry talks"), "utf-8")

    assert name_of(path) == "Merry talks"


def test_the_same_files_elsewhere_need_no_validator(dataset_of, tmp_path):
    path = dataset_of(folder=True)
    assert load_elsewhere(path) == "Ferry talks True"

    there = shutil.copytree(path, tmp_path / "elsewhere")

    assert load_elsewhere(there) == "Ferry talks False"
    assert len(kept()) == 1


def test_a_file_that_was_only_touched_needs_no_validator(dataset_of):
    path = dataset_of()
    assert load_elsewhere(path) == "Ferry talks True"

    os.utime(path)

    assert load_elsewhere(path) == "Ferry talks False"


@pytest.mark.parametrize(
    "noted", ["", "nonsense", "a\nb\nc\nd", "{key}\n", "../x\n9\n{mark}", "{key}\nx\n{mark}", "é"]
)
def test_a_note_of_a_place_that_somebody_else_wrote_is_only_slow(dataset_of, noted):
    path = dataset_of()
    dataset.load(path)
    (place,) = folder().glob("*.place")
    key, _, mark = place.read_text().split("\n", 2)

    place.write_text(noted.format(mark=mark, key=key))

    assert name_of(path) == "Ferry talks"


def test_what_is_in_use_can_be_deleted(harbour):
    dataset.load(harbour)
    index = dataset.load(harbour)

    shutil.rmtree(folder())

    assert list(index.dataset.records()) == list(dataset.load(harbour).dataset.records())


def test_what_is_in_use_can_be_made_anew_by_another_program(dataset_of):
    path = dataset_of()
    dataset.load(path)
    index = dataset.load(path)

    (at,) = kept()
    at.unlink()
    load_elsewhere(path)

    assert kept() == [at]
    assert index.dataset.negotiation.name == "Ferry talks"


def test_a_record_spoilt_in_the_file_is_read_from_the_files_of_the_dataset(harbour):
    dataset.load(harbour)
    (at,) = kept()
    data = at.read_bytes()
    at.write_bytes(data[:-400] + b"\xff" * 400)

    spoilt = dataset.load(harbour)

    assert [*spoilt.dataset.records()] == [*dataset.load(harbour, cached=False).dataset.records()]
    assert kept() == []


def test_the_cache_takes_only_so_much_room(dataset_of, monkeypatch):
    path = dataset_of()
    dataset.load(path)
    (first,) = kept()
    monkeypatch.setattr(cache, "ROOM", first.stat().st_size * 3 // 2)

    path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")
    dataset.load(path)

    (second,) = kept()
    assert second != first


def test_the_newest_stays_though_it_takes_more_room(dataset_of, monkeypatch):
    monkeypatch.setattr(cache, "ROOM", 10)

    dataset.load(dataset_of())

    assert len(kept()) == 1


def test_places_are_forgotten_when_there_are_many(dataset_of, monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "_NOTED", 2)
    path = dataset_of()
    for number in range(4):
        there = tmp_path / f"{number}.toml"
        shutil.copy(path, there)
        there.write_text(there.read_text("utf-8") + f"# {number}\n", "utf-8")
        dataset.load(there)

    assert len([*folder().glob("*.place")]) <= 3


def test_what_earlier_versions_kept_is_thrown_away(dataset_of):
    folder().mkdir(parents=True)
    (folder() / "0123.pickle").write_bytes(b"old")

    dataset.load(dataset_of())

    assert not [*folder().glob("*.pickle")]
