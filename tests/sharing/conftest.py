"""Two people who share notes by way of a real git, and a repository between them."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from tests.programs import program
from tests.sharing_people import Person

from explorer.sharing.sharing_setup import set_up


@pytest.fixture(autouse=True)
def plain_git(monkeypatch, tmp_path):
    """git without what this person has set for it."""
    program("git")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """What all tests begin with, made once: git is asked much for it."""
    folder = tmp_path_factory.mktemp("prepared")
    subprocess.run(["git", "init", "-q", "--bare", str(folder / "hub.git")], check=True)
    for name, since in (("Anna", False), ("Ben", True)):
        person, hub = Person(folder, name), str(folder / "hub.git")
        list(set_up(person.store, since=hub) if since else set_up(person.store, to=hub))
        person.sync()
    return folder


@pytest.fixture
def hub(tmp_path, plain_git, request):
    """Where both send their notes."""
    prepared = request.getfixturevalue("prepared")
    for folder in prepared.iterdir():
        shutil.copytree(folder, tmp_path / folder.name)
    for name in ("anna", "ben"):
        config = tmp_path / name / "key" / ".git" / "config"
        config.write_text(config.read_text().replace(str(prepared), str(tmp_path)))
    return tmp_path / "hub.git"


@pytest.fixture
def anna(tmp_path, hub):
    return Person(tmp_path, "Anna")


@pytest.fixture
def ben(tmp_path, hub):
    return Person(tmp_path, "Ben")
