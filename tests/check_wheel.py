"""Builds what is handed out and tries it where nothing else is: `make test` does so beside pytest.

A wheel can lack what a checkout has, such as the dataset. So this one is built from the
source archive, which must hold all that is needed and no pictures, installed into an empty
environment, without the extras, and run from an empty folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "tests" / "constraints.txt"
PATIENCE = 300
"""Seconds for one step; only an index that does not answer takes so long."""
LARGEST = 2_500_000
"""Bytes a source archive may have; the tests' own pictures of the screen are a fifth of it."""
SAVE = """
import sys
from pathlib import Path
from explorer.record.model import (Ref)
from explorer.notes import NoteStore, Words
store = NoteStore(Path(sys.argv[1]), sys.argv[2])
store.save(Ref("issue", "soybeans"), Words("Kept."), name="", note=None)
"""


class WrongError(Exception):
    """Something did not work; the text says what, with the output."""


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 -- a script's words are its purpose


def run(command: Sequence[object], folder: Path, **environment: str) -> str:
    """What a command prints, run in a folder; raises WrongError when it fails."""
    words = [str(word) for word in command]
    # Neither a Python of somebody's own nor the checkout may lend it anything.
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            env={**own, "PYTHONUTF8": "1", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WrongError(f"{' '.join(words)}\n{error}") from error
    if done.returncode:
        raise WrongError(
            f"{' '.join(words)}\nexit code {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done.stdout.strip()


BUILD = """
import shutil, sys
from build import ProjectBuilder
from build.env import DefaultIsolatedEnv
root, folder = sys.argv[1:]
with DefaultIsolatedEnv() as env:
    builder = ProjectBuilder.from_isolated_env(env, root)
    env.install(builder.build_system_requires)
    env.install(builder.get_requires_for_build("sdist"))
    env.install(builder.get_requires_for_build("wheel"))
    archive = builder.build("sdist", folder)
    builder.build("wheel", f"{folder}/straight")
    shutil.unpack_archive(archive, folder)
    builder = ProjectBuilder.from_isolated_env(env, archive.removesuffix(".tar.gz"))
    builder.build("wheel", folder)
"""
"""Both ways to the wheel, in one empty environment: to make that takes the longest."""


def built(folder: Path) -> Path:
    """The wheel, built from the source archive, which is built from what a checkout holds."""
    run([sys.executable, "-c", BUILD, ROOT, folder], folder)
    (archive,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    for product in (archive, wheel):
        say(f"built {product.name}, {product.stat().st_size // 1024} KB")
    look_into(archive)
    (straight,) = (folder / "straight").glob("*.whl")
    if held(wheel) != held(straight):
        differ = sorted(name for name, _ in held(wheel).items() ^ held(straight).items())
        raise WrongError(f"the wheel of the archive is not that of the checkout: {differ}")
    say("the wheel of the archive is that of the checkout")
    return wheel


def look_into(archive: Path) -> None:
    """Raises WrongError when the source archive lacks something or is too much."""
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    if pictures := sorted(name for name in names if name.endswith((".png", ".jpg"))):
        raise WrongError(f"the source archive holds pictures: {pictures[:3]}")
    wanted = (
        "README.md",
        "LICENSE",
        "pyproject.toml",
        "src/explorer/cli/__init__.py",
        "tests/conftest.py",
    )
    data = [file.relative_to(ROOT).as_posix() for file in (ROOT / "data").rglob("*.toml")]
    if missing := sorted({*wanted, *data} - names):
        raise WrongError(f"the source archive lacks {missing}")
    if (size := archive.stat().st_size) > LARGEST:
        raise WrongError(f"the source archive has {size // 1024} KB")


def held(wheel: Path) -> dict[str, bytes]:
    """What a wheel holds."""
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def installed(wheel: Path, environment: Path) -> Path:
    """The programs of a new environment that has the wheel and what it needs."""
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [programs / "python", "-m", "pip", "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "--no-compile", "-c", PINS, wheel], environment)
    names = [one["name"] for one in json.loads(run([*pip, "list", "--format=json"], environment))]
    say(f"installed it into an empty environment: {len(names)} packages with pip")
    return programs


def check(folder: Path) -> None:
    """Build, install and use it. Raises WrongError."""
    empty, home, environment = folder / "empty", folder / "home", folder / "venv"
    for new in (folder / "dist", empty, home):
        new.mkdir()
    wheel = built(folder / "dist")
    programs = installed(wheel, environment)
    python, explorer = programs / "python", shutil.which("explorer", path=str(programs))
    if explorer is None:
        raise WrongError(f"there is no command explorer in {programs}")

    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "CACHE")}

    def tried(*command: object) -> str:
        return run(command, empty, HOME=str(home), EXPLORER_NOTES=str(home / "notes"), **folders)

    version = tried(explorer, "--version")
    if version != f"explorer {wheel.name.split('-')[1]}":
        raise WrongError(f"--version says {version!r}, and the wheel is {wheel.name}")
    say(f"explorer --version: {version}")

    shipped = Path(tried(python, "-c", "import explorer.dataset as d; print(d.shipped())"))
    if not shipped.resolve().is_relative_to(environment.resolve()):
        raise WrongError(f"the dataset it shows is not the wheel's: {shipped}")
    say(f"explorer check: {tried(explorer, 'check').splitlines()[-1]}")

    issues = json.loads(tried(explorer, "list", "issues", "--json"))
    if not issues:
        raise WrongError("explorer list issues --json printed no issue")
    say(f"explorer list issues --json: {len(issues)} issues")

    where = Path(tried(explorer, "notes", "where"))
    if where.parent != home / "notes":
        raise WrongError(f"it would keep notes in {where}, and not in {home / 'notes'}")
    tried(python, "-c", SAVE, where.parent, where.name)
    noted = json.loads(tried(explorer, "notes", "list", "--json"))
    if [note["text"] for note in noted] != ["Kept."]:
        raise WrongError(f"a note was saved, and explorer notes list --json printed {noted}")
    say("explorer notes list --json: the note that was saved")

    check_what_lies_beside_the_code(tried, python, explorer)


def check_what_lies_beside_the_code(tried: Callable[..., str], python: Path, explorer: str) -> None:
    """Styles and the frame of web pages are files of the package too. Raises WrongError."""
    interface = Path(tried(python, "-c", "import explorer.ui.app as a; print(a.__file__)"))
    rooms = interface.parents[1]
    styles = ("ui/app.tcss", "ui/dialogs.tcss", "documents/sheet.css", "documents/sheet.html")
    files = [rooms / name for name in styles]
    if missing := [str(file) for file in files if not file.is_file()]:
        raise WrongError(f"files are missing: {', '.join(missing)}")
    say("the interface imports, and the styles of screen and pages are there")
    new = interface.parents[2] / "talks"
    tried(explorer, "new", new)
    say(f"explorer new: {tried(explorer, 'check', new).splitlines()[-1]}")
    shape = json.loads(tried(explorer, "schema", "--output", "search"))
    say(f"explorer schema --output search: {len(shape['properties'])} keys")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="explorer-wheel-") as folder:
        try:
            check(Path(folder))
        except WrongError as error:
            say(f"the wheel does not work: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
