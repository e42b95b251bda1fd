"""`explorer overlay`: what a reader added, as a list, as a patch, and less what is adopted."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from explorer import cli, dataset
from explorer.dataset.appending import Addition, append
from explorer.record.model import Ref

SOURCE = Addition(
    "source",
    {
        "id": "post-new",
        "publisher": "Post",
        "title": "New",
        "type": "press",
        "published": date(2032, 6, 1),
    },
)
QUOTE = Addition(
    "quote",
    {
        "text": "We go on.",
        "id": "go-on",
        "speaker": "noren",
        "published": date(2032, 6, 1),
        "form": "verbatim",
        "language": "en",
        "sources": ["post-new"],
    },
)
STATUS = Addition(
    "status",
    {"on": date(2032, 6, 2), "state": "agreed", "text": "Done.", "sources": ["post-new"]},
    Ref("issue", "fishing"),
)


@pytest.fixture
def folder(harbour, tmp_path):
    """The dataset as its keeper has it."""
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


@pytest.fixture
def issue(index):
    return index.dataset.issues[0].ref


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The folder of what was added to it."""
    monkeypatch.setenv("EXPLORER_OVERLAY", str(tmp_path / "mine"))
    return tmp_path / "mine" / "harbour-talks"


@pytest.fixture
def added(folder, own, issue):
    append(folder, [SOURCE, QUOTE, Addition("status", STATUS.values, issue)], overlay=own)
    return own


def run(capfdbinary, *words):
    code = cli.main([*map(str, words)])
    said = capfdbinary.readouterr()
    return code, said.out.decode(), said.err.decode()


def patched(program, folder, patch):
    command = {"git": ["git", "apply", "-"], "patch": ["patch", "-p1", "--fuzz=0", "-s"]}[program]
    subprocess.run(command, cwd=folder, input=patch.encode(), check=True, timeout=60)


def test_nothing_added_is_said_with_the_folder_that_would_hold_it(folder, own, capfdbinary):
    code, out, err = run(capfdbinary, "overlay", folder)
    assert (code, out) == (0, "")
    assert f"added nothing to this dataset yet; it would be in {own}" in err
    assert run(capfdbinary, "overlay", "path", folder)[1] == f"{own}\n"
    assert run(capfdbinary, "overlay", "diff", folder)[1:] == (
        "",
        "explorer: there is nothing to send\n",
    )


def test_what_was_added_is_listed(folder, added, issue, capfdbinary):
    code, out, _ = run(capfdbinary, "overlay", folder)
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        [str(issue), "status", "2032-06-02", "Done."],
        ["quote:go-on", "2032-06-01", "We", "go", "on."],
        ["source:post-new", "2032-06-01", "New"],
    ]
    listed = json.loads(run(capfdbinary, "overlay", "list", folder, "--json")[1])["items"]
    assert [item["state"] for item in listed] == ["joined"] * 3


@pytest.mark.parametrize(
    ("program", "windows"), [("git", False), ("git", True), ("patch", False), ("patch", True)]
)
def test_the_patch_makes_the_dataset_say_the_same(folder, added, capfdbinary, program, windows):
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    if windows:
        for file in folder.glob("*.toml"):
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    (folder / "quotes.toml").write_bytes((folder / "quotes.toml").read_bytes().rstrip())
    (folder / "milestones.toml").rename(folder / "m s.toml")
    milestone = {"id": "m", "name": "M", "on": date(2032, 3, 1), "text": "T."}
    cited = {**milestone, "sources": ["post-new"]}
    append(folder, [Addition("milestone", cited)], overlay=added)
    code, patch, _ = run(capfdbinary, "overlay", "diff", folder)
    assert code == 0
    if program == "patch" and windows:
        subprocess.run(
            ["patch", "-p1", "-s", "--binary"],
            cwd=folder,
            input=patch.encode(),
            check=True,
            timeout=60,
        )
    else:
        patched(program, folder, patch)
    index = dataset.load(folder)
    assert index.quote("go-on").text == "We go on."
    assert "Done." in [status.text for issue in index.dataset.issues for status in issue.statuses]
    assert index.milestone("m").name == "M"
    assert not list(folder.glob("*.rej"))


def test_a_kind_that_the_dataset_lacks_becomes_a_new_file(dataset_of, tmp_path, capfdbinary):
    path, own = dataset_of("", folder=True), tmp_path / "mine" / "ferry"
    milestone = {"id": "m", "name": "M", "on": date(2031, 3, 1), "text": "T."}
    append(path, [Addition("milestone", {**milestone, "sources": ["gazette"]})], overlay=own)
    _, patch, _ = run(capfdbinary, "overlay", "diff", path, "--overlay", own.parent)
    assert patch.startswith("--- /dev/null\n+++ b/milestones.toml\n")
    patched("git", path, patch)
    assert dataset.load(path).milestone("m")


def test_what_is_later_than_the_record_is_said(folder, added, issue, capfdbinary, monkeypatch):
    assert "some of this is later" not in run(capfdbinary, "overlay", "diff", folder)[2]
    monkeypatch.setenv("EXPLORER_TODAY", "2032-08-01")
    later = {**STATUS.values, "on": date(2032, 7, 20)}
    append(folder, [Addition("status", later, issue)], overlay=added)
    assert (
        "some of this is later; who keeps it moves record_ends"
        in (run(capfdbinary, "overlay", "diff", folder)[2])
    )


def test_what_the_dataset_took_in_can_be_tidied_away_and_lies_in_the_trash(
    folder, added, issue, capfdbinary
):
    (added / "quotes.toml").write_text(f"# Mine\n\n{(added / 'quotes.toml').read_text()}")
    before = (added / "quotes.toml").read_bytes()
    append(folder, [SOURCE, QUOTE])
    code, out, _ = run(capfdbinary, "overlay", folder)
    assert out.count("the dataset has it now") == 2
    assert "quote:go-on" not in run(capfdbinary, "overlay", "diff", folder)[1]
    code, out, _ = run(capfdbinary, "overlay", "tidy", folder)
    assert code == 0
    assert "2 additions were taken out" in out
    assert (added / "quotes.toml").read_text() == "# Mine\n\n"
    assert not (added / "sources.toml").exists()
    assert before in [file.read_bytes() for file in (added / "trash").iterdir()]
    _, out, _ = run(capfdbinary, "overlay", folder)
    assert [line.split()[0] for line in out.splitlines()] == [str(issue)]
    assert "There is nothing to tidy" in run(capfdbinary, "overlay", "tidy", folder)[1]


def test_of_two_entries_the_one_that_was_taken_in_is_tidied_away(folder, added, issue, capfdbinary):
    other = {**STATUS.values, "text": "Nearly.", "on": date(2032, 6, 1)}
    append(folder, [Addition("status", other, issue)], overlay=added)
    append(folder, [SOURCE, Addition("status", STATUS.values, issue)])
    run(capfdbinary, "overlay", "tidy", folder)
    _, out, _ = run(capfdbinary, "overlay", folder)
    assert [line.split()[-1] for line in out.splitlines()] == ["Nearly.", "on."]
    statuses = dataset.load(folder, overlays=added.parent).issue(issue).statuses
    assert [(s.text, s.own) for s in statuses[-2:]] == [("Nearly.", True), ("Done.", False)]


@pytest.mark.parametrize("words", [["overlay", "check"], ["check", "--own"]])
def test_its_problems_are_named_with_their_lines(folder, added, words, capfdbinary):
    assert run(capfdbinary, *words, folder)[0] == 0
    (added / "quotes.toml").write_text((added / "quotes.toml").read_text().replace("noren", "nore"))
    code, out, err = run(capfdbinary, *words, folder)
    assert code == 1
    assert "quotes.toml:5" in out
    assert "there is no delegate “nore”" in out
    assert f"1 problem in {added}" in err
    code, _, err = run(capfdbinary, "overlay", "list", folder)
    assert code == 1
    assert f"1 problem in {added}" in err
    # The dataset opens all the same, and says so.
    code, out, err = run(capfdbinary, "list", "quotes", folder)
    assert code == 0
    assert "What you added yourself is left out, for it has problems" in err
    assert "go-on" not in out


def test_it_is_read_by_every_command_unless_it_is_off(folder, added, capfdbinary, monkeypatch):
    assert "go-on" in run(capfdbinary, "list", "quotes", folder)[1]
    assert "go-on" not in run(capfdbinary, "list", "quotes", folder, "--overlay", "off")[1]
    monkeypatch.delenv("EXPLORER_OVERLAY")
    assert "go-on" not in run(capfdbinary, "list", "quotes", folder)[1]
    assert "go-on" in run(capfdbinary, "list", "quotes", folder, "--overlay", added.parent)[1]
    code, _, err = run(capfdbinary, "overlay", "--overlay", "off", folder)
    assert code == 2
    assert "name a folder for it with --overlay DIR" in err


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_it_is_called_the_readers_own_in_every_form(folder, added, form, capfdbinary):
    code, out, _ = run(capfdbinary, "show", "quote:go-on", folder, "--format", form)
    assert code == 0
    assert "reader’s own" in out
    assert "added by the reader, not part of the record" in out.replace("Added", "added")


def test_json_and_a_search_say_so_too(folder, added, issue, capfdbinary):
    shown = json.loads(run(capfdbinary, "show", str(issue), folder, "--json")[1])
    assert [status.get("own") for status in shown["status"]][-1] is True
    assert "own" not in shown
    found = json.loads(run(capfdbinary, "search", "“we go on”", folder, "--json")[1])
    assert found["hits"][0]["own"] is True
    assert "✦" in run(capfdbinary, "search", "we go on", folder)[1]
    _, out, _ = run(capfdbinary, "brief", "--issue", issue.id, folder)
    assert "✦ reader’s own" in out
    assert "✦ reader’s own: added by the reader, not part of the record" in out


@pytest.mark.parametrize("style", ["text", "markdown", "csl-json"])
def test_a_citation_says_so(folder, added, style, capfdbinary):
    _, out, _ = run(capfdbinary, "show", "quote:go-on", folder, "--cite", style)
    assert "dded by the reader, not part of the record" in out


def test_comparisons_say_it_in_their_data(folder, added, issue, capfdbinary):
    position = {"on": date(2032, 6, 3), "text": "No toll.", "delegations": ["north"]}
    cited = {**position, "sources": ["post-new"]}
    append(folder, [Addition("position", cited, issue)], overlay=added)
    for command in ("positions", "changes --from 2032-05-01", "evidence"):
        _, out, _ = run(capfdbinary, *command.split(), folder, "--json")
        assert '"own": true' in out, command
        _, out, _ = run(capfdbinary, *command.split(), folder)
        assert "✦ reader’s own" in out, command
