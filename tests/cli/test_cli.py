"""The command line: what is printed where, and how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from explorer import __version__, cli
from explorer.cli.command_table import COMMANDS
from explorer.dataset.warning_checks import OF_GROUNDS
from explorer.notes import NoteStore, Words
from explorer.record.labels import title
from explorer.record.model import PLURALS, Ref

YEAR = """
[[milestone]]
id = "flood"
name = "Flood"
on = "2031"
text = "t"
sources = ["gazette"]
"""
"""What is valid, and shows only at the end of the year."""


@pytest.fixture
def run(capsys):
    """Runs a command in this process: its exit code, its output and its errors."""

    def run(*given):
        try:
            code = cli.main([str(word) for word in given])
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code or 0, printed.out, printed.err

    return run


def program(*given, **options):
    """Runs the program itself, as a shell would."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env |= options.pop("env", {})
    return subprocess.run(
        [sys.executable, "-m", "explorer", *map(str, given)],
        env=env,
        check=False,
        **{"capture_output": True, **options},
    )


def note_on(folder, ref, text, note=None):
    store = NoteStore(folder, "harbour-talks")
    return store.save(Ref.parse(ref), Words(text), name="x", note=note).note


# check


def test_check_says_what_a_sound_dataset_holds(run, harbour):
    code, out, err = run("check", harbour)

    assert (code, err) == (0, "")
    last = out.splitlines()[-1]
    assert re.match(r"Harbour talks: no problems, \d+ warnings\. 1 negotiation, 4 rounds,", last)


def test_check_without_a_dataset_checks_the_shipped_one(run):
    code, out, _ = run("check")

    assert code == 0
    assert ": no problems" in out


def test_check_shows_each_problem_where_it_stands_and_their_number_apart(run, dataset_of):
    path = dataset_of("[[vessel]]\n\n[[isue]]\n")

    code, out, err = run("check", path)

    assert code == 1
    first, second = (block.splitlines() for block in out.split("\n\n")[:2])
    assert first[0].endswith(":47:1: error: unknown table “vessel” [unknown-table]")
    assert first[1:3] == ["47 | [[vessel]]", "   | ^^^^^^^^^^"]
    assert second[0].endswith(":49:1: error: unknown table “isue” [unknown-table]")
    assert second[1:] == ["49 | [[isue]]", "   | ^^^^^^^^ did you mean “issue”?"]
    assert err.endswith(f" in {path}\n")
    assert err.startswith("2 problems")


def test_check_as_json_lists_what_a_sound_dataset_holds(run, harbour):
    code, out, err = run("check", harbour, "--json")

    told = json.loads(out)
    assert (code, err, told["problems"]) == (0, "", [])
    assert told["records"]["quote"] == 10


def test_check_as_json_lists_every_problem_with_its_place(run, dataset_of):
    path = dataset_of("\n[[vessel]]\n", folder=True)

    code, out, _ = run("check", "--json", path)

    assert code == 1
    (problem,) = json.loads(out)["problems"]
    assert (problem["file"], problem["line"]) == (str(path / "more.toml"), 2)
    assert problem["message"].startswith("unknown table “vessel”")


def test_check_prints_warnings_apart_and_is_content_unless_it_is_to_be_strict(run, dataset_of):
    path = dataset_of(YEAR)
    of_grounds = [
        word
        for name in (*OF_GROUNDS, "unnamed-person", "stale-record")
        for word in ("--ignore", name)
    ]

    code, out, err = run("check", path, *of_grounds)
    strict, _, _ = run("check", "--strict", path, *of_grounds)
    content, _, _ = run("check", "--strict", "--ignore", "year-alone", path, *of_grounds)
    _, data, _ = run("check", "--json", path, *of_grounds)

    assert (code, strict, content, err) == (0, 1, 0, "")
    warning, summary = out.split("\n\n")
    assert re.search(r":\d+:\d+: warning: on is a year, .* \[year-alone\]\n", warning)
    assert ": no problems, 1 warning. " in summary
    (told,) = json.loads(data)["warnings"]
    assert (told["record"], told["field"]) == ("[[milestone]] flood", "on")
    assert (told["check"], told["severity"]) == ("year-alone", "warning")


def test_check_prints_many_warnings_of_a_kind_as_one_unless_all_are_asked_for(run, harbour):
    _, together, _ = run("check", harbour)
    _, each, _ = run("check", "--all", harbour)

    assert re.search(
        r"^warning: \d+ cases of .* \[one-source\]\n   = .* more$", together, re.MULTILINE
    )
    assert "--all shows each warning" in together
    assert each.count("[one-source]") > 40
    assert "--all" not in each


def test_check_passes_over_no_warning_that_there_is_not(run, harbour):
    code, _, err = run("check", harbour, "--ignore", "one-sorce")

    assert code == 2
    assert "there is no warning “one-sorce”; did you mean “one-source”?" in err


def test_check_shows_warnings_of_what_is_sound_beside_the_problems(run, dataset_of):
    code, out, err = run("check", dataset_of(YEAR + "[[vessel]]\n"))

    assert code == 1
    assert out.index("[unknown-table]") < out.index("[year-alone]")
    assert err.startswith("1 problem, ")


def test_check_prints_no_more_problems_than_a_person_reads(run, dataset_of):
    many = "".join(
        f'[[issue]]\nid = "No {n}"\nname = "n"\nsummary = "s"\nsources = ["gazette"]\n'
        for n in range(120)
    )

    _, out, err = run("check", dataset_of(many))
    _, everything, _ = run("check", "--all", dataset_of(many))

    assert out.count("[id-form]") == 100
    assert "… and 20 more; --all shows them" in out
    assert everything.count("[id-form]") == 120
    assert err.startswith("120 problems")


def test_check_names_a_dataset_that_is_not_there(run, tmp_path):
    code, _, err = run("check", tmp_path / "nowhere")

    assert code == 2
    assert "there is no such file or folder" in err


# list


@pytest.mark.parametrize("plural", PLURALS.values())
def test_list_prints_every_record_of_a_kind_by_reference_and_title(run, harbour, index, plural):
    code, out, err = run("list", plural, "--dataset", harbour)

    kind = next(kind for kind, name in PLURALS.items() if name == plural)
    assert (code, err) == (0, "")
    listed = [line.split(maxsplit=1) for line in out.splitlines()]
    assert listed == [[str(ref), title(index, ref)] for ref in index.refs(kind)]


def test_list_takes_a_kind_in_the_singular_too(run, harbour):
    assert run("list", "issue", "--dataset", harbour) == run("list", "issues", "--dataset", harbour)


def test_list_without_a_dataset_lists_the_shipped_one(run, shipped_view):
    _, out, _ = run("list", "issues")

    assert len(out.splitlines()) == len(shipped_view.index.dataset.issues)


def test_list_as_json_gives_the_records_with_their_references(run, harbour):
    _, out, _ = run("list", "delegates", "--dataset", harbour, "--json")

    records = json.loads(out)
    assert records[0]["ref"] == "delegate:noren"
    assert records[2]["native_name"] == "譚慧蘭"


@pytest.mark.parametrize("plural", PLURALS.values())
def test_every_kind_of_the_shipped_dataset_parses_as_json(run, plural):
    code, out, _ = run("list", plural, "--json")

    assert code == 0
    assert json.loads(out)


def test_list_of_an_unknown_kind_names_the_nearest(run):
    code, out, err = run("list", "isues")

    assert (code, out) == (2, "")
    assert err == "explorer: there is no kind “isues”; did you mean “issues”?\n"


def test_list_of_a_kind_near_to_none_names_them_all(run):
    code, _, err = run("list", "vessels-and-boats")

    assert code == 2
    assert all(plural in err for plural in PLURALS.values())


# show


def test_show_prints_the_page_of_a_record(run, harbour):
    code, out, err = run("show", "point:channel-depth", "--dataset", harbour)

    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "The channel is measured again"
    assert "South: not checked" in out


def test_show_follows_a_former_name(run, harbour):
    _, out, _ = run("show", "issue:harbour-fees", "--dataset", harbour)

    assert out.startswith("Tolls and the truce\n")


def test_show_ends_with_the_note(run, harbour, tmp_path):
    note_on(tmp_path, "issue:fees", "Deferral or delay?")

    _, out, _ = run("show", "issue:tolls", "--dataset", harbour, "--notes", tmp_path)

    assert out.endswith("\nYOUR NOTE\nDeferral or delay?\n")


def test_show_as_json_gives_the_record_with_its_note(run, harbour, tmp_path):
    note_on(tmp_path, "quote:tam-patience", "Hm.")

    _, out, _ = run(
        *("show", "quote:tam-patience", "--dataset", harbour),
        *("--notes", tmp_path, "--json"),
    )

    told = json.loads(out)
    assert told["ref"] == "quote:tam-patience"
    assert told["said"] == "2031-03-05"
    assert told["original"] == "耐心比任何挖泥船挖得更深"
    assert told["notes"] == ["Hm."]


def test_show_of_an_unknown_record_names_the_nearest(run, harbour):
    code, out, err = run("show", "issue:tols", "--dataset", harbour)

    assert (code, out) == (2, "")
    assert err == ("explorer: there is no issue:tols in this dataset; did you mean issue:tolls?\n")


def test_show_of_what_is_no_reference_says_how_one_looks(run, harbour):
    code, _, err = run("show", "tolls:", "--dataset", harbour)

    assert code == 2
    assert err == "explorer: “tolls:” is not a reference such as issue:rare-earths\n"


def test_show_prints_every_record_of_the_invented_dataset(run, harbour, index):
    for record in index.dataset.records():
        code, out, err = run("show", record.ref, "--dataset", harbour)
        assert (code, err) == (0, ""), record.ref
        assert out.strip(), record.ref


# notes


def test_notes_where_prints_the_folder_and_makes_nothing(run, harbour, tmp_path):
    code, out, _ = run("notes", "where", "--dataset", harbour, "--notes", tmp_path / "n")

    assert (code, out) == (0, f"{tmp_path / 'n' / 'harbour-talks'}\n")
    assert not (tmp_path / "n").exists()


def test_notes_are_looked_for_where_the_environment_says(run, harbour, tmp_path, monkeypatch):
    monkeypatch.setenv("EXPLORER_NOTES", str(tmp_path / "there"))

    _, out, _ = run("notes", "where", "--dataset", harbour)

    assert out == f"{tmp_path / 'there' / 'harbour-talks'}\n"


def test_notes_are_otherwise_among_the_data_of_the_user(run, harbour, own_folders, monkeypatch):
    monkeypatch.delenv("EXPLORER_NOTES")

    _, out, _ = run("notes", "where", "--dataset", harbour)

    assert out == f"{own_folders / 'data' / 'explorer' / 'notes' / 'harbour-talks'}\n"


def test_notes_where_as_json_is_a_text(run, harbour, tmp_path):
    _, out, _ = run("notes", "where", "--json", "--dataset", harbour, "--notes", tmp_path)

    assert json.loads(out) == str(tmp_path / "harbour-talks")


def test_without_notes_the_list_is_empty_and_says_so_apart(run, harbour):
    assert run("notes", "list", "--dataset", harbour) == (0, "", "There are no notes yet.\n")


def test_notes_are_listed_with_record_day_name_and_first_words(run, harbour, tmp_path):
    note = note_on(tmp_path, "issue:fees", "Deferral\n\nor delay?")
    day = f"{note.changed:%Y-%m-%d}"
    note_on(tmp_path, "issue:tides", "An orphan.")

    code, out, err = run("notes", "list", "--dataset", harbour, "--notes", tmp_path)

    assert (code, err) == (0, "")
    assert sorted(out.splitlines()) == [
        f"issue:fees\t{day}\tTolls and the truce\tDeferral or delay?",
        f"issue:tides\t{day}\tno longer in the dataset\tAn orphan.",
    ]


def test_notes_as_json_have_their_words_tags_and_files(run, harbour, tmp_path):
    note = note_on(tmp_path, "issue:tolls", "Look again #watch")

    _, out, _ = run("notes", "list", "--json", "--dataset", harbour, "--notes", tmp_path)

    (told,) = json.loads(out)
    assert told["record"] == "issue:tolls"
    assert told["text"] == "Look again #watch"
    assert told["tags"] == ["watch"]
    assert told["file"] == str(note.path)
    assert told["conflict_copy"] is False


def test_a_conflict_copy_is_listed_as_one(run, harbour, tmp_path):
    first = note_on(tmp_path, "issue:tolls", "First.")
    note_on(tmp_path, "issue:tolls", "Second.", note=first)
    note_on(tmp_path, "issue:tolls", "Third, from the first.", note=first)

    _, out, _ = run("notes", "list", "--json", "--dataset", harbour, "--notes", tmp_path)

    told = {note["text"]: note["conflict_copy"] for note in json.loads(out)}
    assert told == {"Second.": False, "Third, from the first.": True}


def test_a_damaged_note_is_told_apart_and_ends_with_one(run, harbour, tmp_path):
    note_on(tmp_path, "issue:tolls", "Whole.")
    damaged = NoteStore(tmp_path, "harbour-talks").path_of(Ref("issue", "fishing"))
    damaged.write_text("")

    code, out, err = run("notes", "list", "--dataset", harbour, "--notes", tmp_path)

    assert code == 1
    assert "Whole." in out
    remedy = "Mend it in a text editor, put an older version in its place, or remove it."
    assert err == f"cannot be read, left untouched: {damaged}: it is empty. {remedy}\n"


def test_notes_that_cannot_be_read_are_told_with_the_reason(run, harbour, tmp_path):
    (tmp_path / "harbour-talks").write_text("a file stands where a folder is needed")

    code, out, err = run("notes", "list", "--dataset", harbour, "--notes", tmp_path)

    assert (code, out) == (1, "")
    assert err.startswith("explorer: Notes are off. The notes in ")


# A dataset of one's own


def test_new_makes_a_dataset_that_opens_and_says_how(run, tmp_path):
    code, out, err = run("new", tmp_path / "rhine talks", "--name", "Rhine talks")

    assert (code, err) == (0, "")
    assert "explorer check '" in out, "a name with a blank stands in quotation marks"
    assert run("check", tmp_path / "rhine talks")[0] == 0
    assert "Rhine talks" in run("check", tmp_path / "rhine talks")[1]


def test_new_leaves_alone_what_is_there(run, harbour):
    before = {file: file.read_bytes() for file in harbour.iterdir() if file.is_file()}
    code, out, err = run("new", harbour)

    assert (code, out) == (2, "")
    assert "not empty; name a new folder" in err
    assert {file: file.read_bytes() for file in harbour.iterdir() if file.is_file()} == before


def test_schema_prints_json(run):
    code, out, _ = run("schema")

    assert code == 0
    assert json.loads(out)["definitions"]["quote"]["properties"]["speaker"]


# Wrong use

READING = (("list", "issues"), ("show", "issue:tolls"), ("notes", "list"))


@pytest.mark.parametrize(
    "command", [("list", "issues"), ("show", "issue:tolls"), ("notes", "list")]
)
def test_a_dataset_that_is_not_there_is_wrong_use(run, tmp_path, command):
    code, out, err = run(*command, "--dataset", tmp_path / "nowhere")

    assert (code, out) == (2, "")
    assert err == f"explorer: there is no such file or folder: {tmp_path / 'nowhere'}\n"


@pytest.mark.parametrize(
    "command", [("list", "issues"), ("show", "issue:tolls"), ("notes", "list")]
)
def test_a_dataset_with_problems_is_told_whatever_is_asked_of_it(run, dataset_of, command):
    code, out, err = run(*command, "--dataset", dataset_of("[[vessel]]"))

    assert (code, out) == (1, "")
    assert err.startswith("explorer: 1 problem in ")
    assert "unknown table “vessel”" in err


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_an_unknown_option_is_wrong_use(run, name):
    code, out, err = run(name, "--colour")

    assert (code, out) == (2, "")
    assert err.startswith(f"explorer: {name}")


def test_a_mistyped_command_names_the_nearest(run):
    code, out, err = run("chek")

    assert (code, out) == (2, "")
    assert err == (
        "explorer: there is no such file or folder: chek; did you mean the command “check”?\n"
    )


def test_the_app_without_a_terminal_says_what_to_use_instead(run, harbour):
    code, out, err = run(harbour)

    assert (code, out) == (2, "")
    assert err.startswith("explorer: the app needs a terminal, and input or output is not one.")
    assert "explorer list issues" in err


def test_a_name_cannot_make_the_terminal_act(run):
    _, _, err = run("\x1b[31m\u202e")

    assert err == (
        "explorer: there is no such file or folder: ␛[31m\ufffd; "
        "“explorer help” names the commands, “explorer new FOLDER” makes a dataset of your own\n"
    )


def test_version_is_printed(run):
    assert run("--version") == (0, f"explorer {__version__}\n", "")


def test_help_names_every_command(run):
    code, out, _ = run("--help")

    assert code == 0
    said = " ".join(out.split())
    for name, what in COMMANDS.items():
        assert f" {name} {what}" in said


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_a_help_of_its_own_and_prints_json(run, name):
    code, out, _ = run(name, "--help")

    assert code == 0
    assert f"usage: explorer {name}" in out
    assert "--json" in out


# The program as a shell runs it


def test_the_program_prints_results_and_ends_with_the_code(harbour, dataset_of):
    sound = program("show", "delegate:tam", "--dataset", harbour, encoding="utf-8")
    faulty = program("check", dataset_of("[[vessel]]"), encoding="utf-8")
    wrong = program("list", "isues", encoding="utf-8")

    assert (sound.returncode, sound.stderr) == (0, "")
    assert "譚慧蘭" in sound.stdout
    assert (faulty.returncode, wrong.returncode) == (1, 2)


def test_the_program_without_a_terminal_draws_nothing(harbour):
    ran = program(harbour, stdin=subprocess.DEVNULL)

    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"\x1b" not in ran.stderr


def into_a_closed_pipe(*given):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return program(*given, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)


def test_a_reader_who_leaves_early_is_not_complained_to(harbour):
    ran = into_a_closed_pipe("list", "sources", "--json", harbour)

    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("given", [("check", "tests/data/harbour"), ("--version",)])
def test_a_reader_who_leaves_before_a_short_answer_is_not_complained_to(given):
    ran = into_a_closed_pipe(*given)

    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_lacks_a_character_gets_all_the_others(harbour, encoding):
    ran = program(
        *("show", "quote:tam-patience", "--dataset", harbour),
        env={"PYTHONIOENCODING": encoding},
    )

    assert ran.returncode == 0
    assert b"Patience digs deeper than any dredger" in ran.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_is_told_in_words():
    with Path("/dev/full").open("wb") as full:
        ran = program(
            *("list", "sources", "--json"),
            capture_output=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )

    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
    assert b"the disk is full" in ran.stderr


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
@pytest.mark.skipif(sys.platform == "win32", reason="it needs a pseudo-terminal")
@pytest.mark.parametrize(("setting", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_check_is_in_colour_on_a_terminal_unless_that_is_not_wanted(
    dataset_of, setting, is_coloured
):
    from ptyprocess import PtyProcess

    env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | setting
    command = [sys.executable, "-m", "explorer", "check", str(dataset_of("[[isue]]\n"))]
    running = PtyProcess.spawn(command, env=env)
    printed = b""
    with suppress(EOFError):
        while True:
            printed += running.read(4096)

    assert running.wait() == 1
    assert (b"\x1b[1;31merror:" in printed) is is_coloured
    assert "did you mean “issue”?" in printed.decode()


# Signs


def printed(*given, encoding="utf-8", **env):
    return program(*given, encoding=encoding, env={"PYTHONIOENCODING": encoding, **env}).stdout


@pytest.mark.parametrize(
    ("encoding", "env"),
    [("utf-8", {"EXPLORER_GLYPHS": "ascii"}), ("ascii", {}), ("cp1252", {})],
    ids=["chosen", "no letters but ASCII", "an old code page"],
)
def test_signs_are_ascii_where_that_was_chosen_or_no_others_can_be_written(harbour, encoding, env):
    shown = printed("deadlines", "--dataset", harbour, encoding=encoding, **env)

    assert "1 Mar 2032 > 1 Sep 2032" in shown
    assert "→" in printed("deadlines", "--dataset", harbour)


def test_signs_stay_as_they_are_in_what_is_data(harbour):
    given = ("show", "quote:tam-patience", "--dataset", harbour)
    whole = printed(*given, "--json")

    assert printed(*given, "--json", EXPLORER_GLYPHS="ascii") == whole
    assert json.loads(printed(*given, "--json", encoding="ascii")) == json.loads(whole)
    markdown = ("--format", "md")
    assert printed(*given, *markdown, EXPLORER_GLYPHS="ascii") == printed(*given, *markdown)


def test_the_setting_of_signs_is_that_of_commands_too(harbour, tmp_path):
    (tmp_path / "explorer").mkdir()
    (tmp_path / "explorer" / "settings.toml").write_text('glyphs = "ascii"\n')
    shown = printed("deadlines", "--dataset", harbour, XDG_CONFIG_HOME=str(tmp_path))

    assert "1 Mar 2032 > 1 Sep 2032" in shown


def test_the_help_is_as_wide_as_the_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    listed = run("--help")[1].partition("--json):\n")[2]
    assert max(map(len, listed.splitlines())) <= 50
    assert "  figures      Show what is counted" in listed
