"""The tables of commands, and what derives from them."""

import os

import pytest
from tests.conftest import BASE
from textual.command import CommandPalette

from explorer import settings
from explorer.ui import commands
from explorer.ui.dialogs.confirm import Confirm
from explorer.ui.dialogs.help import Help
from explorer.ui.dialogs.note_editor import NoteEditor
from explorer.ui.dialogs.sources import ChooseSource
from explorer.ui.main_screen import MainScreen
from explorer.ui.panes.filter_input import FilterInput
from explorer.ui.panes.notes_pane import NotesPane
from explorer.ui.panes.record_list import RecordList
from explorer.ui.panes.record_page import RecordPage
from explorer.ui.widgets.note_text import NoteText

OWNERS = {
    "pane": (RecordList,),
    "record": (RecordPage,),
    "notes": (NotesPane,),
    "filter": (FilterInput, MainScreen),
    "editor": (NoteText, NoteEditor),
    "everywhere": (MainScreen,),
}


@pytest.mark.parametrize("place", OWNERS)
def test_every_command_has_a_key_a_name_a_sentence_and_an_action(place):
    for command in commands.PLACES[place][1]:
        assert command.keys
        assert command.name
        assert command.help.endswith(".")
        if command not in (commands.PALETTE, commands.SUSPEND, commands.REDRAW):  # the app’s own
            action = f"action_{command.action.partition('(')[0]}"
            assert any(hasattr(owner, action) for owner in OWNERS[place]), command


@pytest.mark.parametrize("place", ["pane", "record", "notes"])
def test_no_key_means_two_things_in_one_place(place):
    always = [c for c in commands.available(place) if not c.at_times]
    keys = [key for c in always for key in c.key_names]
    assert len(keys) == len(set(keys))


async def test_help_explains_the_keys_of_where_one_is_first(explorer):
    async with explorer() as person:
        await person.press("question_mark")
        assert isinstance(person.app.screen, Help)
        assert "In a pane" in person.seen
        assert "Go into the record" in person.seen
        await person.press("question_mark", "enter", "question_mark")
        assert person.seen.index("In the record") < person.seen.index("Everywhere")


async def test_the_last_line_shows_what_matters_where_one_is(explorer):
    async with explorer() as person:
        assert "Enter Read" in person.screen[-1]
        await person.press("enter")
        assert "Enter Follow" in person.screen[-1]
        await person.press("h", "slash")
        assert "Esc Clear" in person.screen[-1]


async def test_a_click_on_a_key_runs_it(explorer):
    async with explorer() as person:
        column = person.screen[-1].index("? Help")
        await person.pilot.click(offset=(column + 2, 39))
        await person.settle()
        assert isinstance(person.app.screen, Help)


async def choose(person, words: str) -> None:
    await person.press("ctrl+p")
    assert isinstance(person.app.screen, CommandPalette)
    await person.type(words)
    await person.press("down", "enter")


@pytest.mark.parametrize(
    ("words", "ref"),
    [
        ("fishing rights", "issue:fishing"),
        ("astrid noren", "delegate:noren"),
        ("wrecks [bold", "issue:wrecks"),
    ],
)
async def test_the_palette_jumps_to_any_record_by_name(explorer, words, ref):
    async with explorer() as person:
        await person.press("ctrl+p")
        await person.type(words)
        await person.press("enter")
        if isinstance(person.app.screen, CommandPalette):
            await person.press("enter")
        assert person.shown == ref


async def test_o_shows_the_whole_address_of_each_source_and_opens_nothing_by_itself(explorer):
    async with explorer(go="issue:fishing") as person:
        await person.press("o")
        assert isinstance(person.app.screen, ChooseSource)
        addresses = [
            person.main.view.index[ref].address
            for ref in person.main.view.index.named_in(person.main.selected, "source")
        ]
        assert any(address and address in person.seen for address in addresses)
        await person.press("escape")
        assert person.app.screen is person.main


async def test_opening_without_a_desktop_says_so_and_names_the_address(explorer, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with explorer(go="issue:fishing") as person:
        await person.press("o", "enter")
        assert "Not opened" in person.said
        assert "http" in person.said


async def test_opening_hands_the_address_alone_to_the_desktop(explorer, monkeypatch, tmp_path):
    """A program in the place of xdg-open writes down what it was given."""
    given = tmp_path / "given"
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" > {given}.new\nmv {given}.new {given}\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    async with explorer(go="issue:fishing") as person:
        await person.press("o")
        listed = next(line for line in person.screen if "https://" in line)
        address = f"https://{listed.partition('https://')[2].split()[0]}"
        await person.press("enter")
        while not given.exists():
            await person.pilot.pause(0.01)
        assert given.read_text().split("\n")[:2] == ["1", address]


@pytest.mark.parametrize(
    ("key", "copied"),
    [("t", "“Patience digs deeper"), ("m", "> “Patience digs deeper"), ("c", '"container-title"')],
)
async def test_y_copies_the_citation_and_claims_no_more_than_it_knows(
    explorer, own_folders, monkeypatch, key, copied
):
    monkeypatch.setenv("SSH_CONNECTION", "there")  # where no program of a desktop can help
    async with explorer(go="quote:tam-patience") as person:
        await person.press("y", key)
        assert copied in person.app.clipboard
        assert "no word whether it took it" in person.said
        kept = next(own_folders.rglob("copied.txt"))
        assert kept.read_text("utf-8") == person.app.clipboard


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
@pytest.mark.parametrize(
    ("key", "said"),
    [("t", "Sent to the terminal: “Patience digs"), ("c", "Sent to the terminal: CSL-JSON of Tam")],
)
async def test_the_first_line_says_what_was_copied(explorer, monkeypatch, size, key, said):
    monkeypatch.setenv("SSH_CONNECTION", "there")
    async with explorer(go="quote:tam-patience", size=size) as person:
        await person.press("y", key)
        line = person.main.query_one("KeyLine").region.y
        assert said in person.screen[line]
        assert len(person.screen) - line <= 2
        assert "copied.txt" in person.told


async def test_the_citation_begins_with_the_form_that_one_reads(explorer):
    async with explorer(go="quote:tam-patience") as person:
        await person.press("y")
        assert person.app.focused.id == "answer-text"
        await person.press("enter")
        assert "“Patience digs deeper" in person.told


async def test_what_is_copied_or_cut_from_a_line_is_said(explorer):
    async with explorer() as person:
        await person.press("s", *"toll", "shift+home", "ctrl+c")
        assert person.told == "Copied: “toll”"
        await person.press("ctrl+x")
        assert person.told.startswith("Cut. Ctrl+Z")


@pytest.mark.skipif(os.name != "posix", reason="the program is a script of the shell")
async def test_a_program_of_the_desktop_is_asked_first_and_named(explorer, tmp_path, monkeypatch):
    given = tmp_path / "given"
    script = tmp_path / "xclip"
    script.write_text(f'#!/bin/sh\ncat > "{given}"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    async with explorer(go="quote:tam-patience") as person:
        await person.press("y", "t")
        assert "Copied with xclip: “Patience digs deeper" in person.told
        assert person.app.size.width > len(person.told)
        assert person.app.clipboard == ""
    assert "Patience digs deeper" in given.read_text("utf-8")


async def test_b_writes_a_briefing_on_the_record_shown(explorer, tmp_path):
    path = tmp_path / "brief.md"
    async with explorer(go="issue:tolls") as person:
        await person.press("b", "ctrl+u")
        await person.type_text(str(path))
        await person.press("enter")
        assert str(path) in person.said.replace("\n", "")
        first = path.read_bytes()
        assert b"Tolls and the truce" in first
        await person.press("b", "ctrl+u")
        await person.type_text(str(path))
        await person.press("enter")
        assert path.read_bytes() == first


async def test_a_briefing_does_not_go_over_another_file_without_a_yes(explorer, tmp_path):
    path = tmp_path / "mine.html"
    path.write_text("my own work")
    async with explorer(go="issue:tolls") as person:
        await person.press("b", "ctrl+u")
        await person.type_text(str(path))
        await person.press("enter", "n")
        assert path.read_text() == "my own work"
        await person.press("b", "ctrl+u")
        await person.type_text(str(path))
        await person.press("enter", "o")
        assert path.read_text("utf-8").startswith("<!")


async def test_the_theme_is_kept(explorer):
    async with explorer() as person:
        person.app.theme = "nord"
        await person.settle()
        assert settings.read().value("theme") == "nord"
    async with explorer() as person:
        assert person.app.theme == "nord"


async def test_a_theme_that_is_not_there_any_more_is_no_trouble(explorer):
    settings.keep("theme", "no-such-theme")
    async with explorer() as person:
        assert person.app.theme == "textual-dark"


async def test_q_quits(explorer):
    async with explorer() as person:
        await person.press("q")
        assert not person.app.is_running


async def test_a_question_is_answered_by_its_button_too(explorer, store):
    from explorer.notes import Words
    from explorer.record.model import Ref

    store.save(Ref("issue", "tolls"), Words("x"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("D")
        assert isinstance(person.app.screen, Confirm)
        await person.press("left", "enter")
    assert not store.load().all()


async def test_an_error_nobody_expected_leaves_a_report_and_no_traceback(explorer, own_folders):
    async def meet_an_error() -> None:
        async with explorer() as person:
            person.main.action_about = lambda: 1 / 0
            await person.press("i")

    with pytest.raises(ZeroDivisionError):
        await meet_an_error()
    (report,) = (own_folders / "data" / "explorer" / "reports").iterdir()
    assert "ZeroDivisionError" in report.read_text()


async def test_a_browser_that_cannot_be_started_is_told_of(explorer, monkeypatch, tmp_path):
    program = tmp_path / "xdg-open"
    program.write_text("#!/no/such/interpreter\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    async with explorer(go="issue:fishing") as person:
        await person.press("o", "enter")
        assert "could not be started" in person.said
        assert person.app.is_running


async def test_opening_the_app_writes_no_settings(explorer, own_folders):
    settings.keep("theme", "nord")
    path = own_folders / "config" / "explorer" / "settings.toml"
    path.write_text('# mine\ntheme = "nord"\nother = 1\n')
    async with explorer() as person:
        assert person.app.theme == "nord"
        await person.settle()
        assert path.read_text().startswith("# mine")
        person.app.theme = "dracula"
        await person.settle()
    assert "other = 1" in path.read_text()
    assert settings.read().value("theme") == "dracula"


async def test_a_copy_of_a_page_can_be_chosen_instead_of_the_page(explorer, dataset_of):
    copy = 'archived = { address = "https://archive.example/1", on = 2031-02-01 }'
    page = 'address = "https://gazette.example/1"'
    path = dataset_of(source=f"{BASE['source']}{page}\n{copy}\n")
    async with explorer(go="source:gazette", path=path) as person:
        await person.press("o")
        assert "archived copy of 1 Feb 2031" in person.seen
        assert "https://archive.example/1" in person.seen
        await person.press("down", "enter")
        assert "https://archive.example/1" in person.said
