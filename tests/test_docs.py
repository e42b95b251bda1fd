"""The README says what the code says.

Run as a script it writes the derived parts anew: `python tests/test_docs.py`.
"""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import json_page
import shell_files
from explorer import dataset
from explorer.cli.command_table import COMMANDS
from explorer.dataset import describe, new_dataset
from explorer.dataset.problems import Problem
from explorer.dataset.schema import schema
from explorer.dataset.warning_checks import WARNINGS
from explorer.settings import SETTINGS
from explorer.text.json_text import as_json
from explorer.ui import commands, settings_check
from explorer.ui.key_settings import EVERYWHERE, settable, table_of
from explorer.ui.settings_example import shown
from programs import program

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
KEYS = ROOT / "docs" / "keys.md"
COMMAND_LINE = ROOT / "docs" / "command-line.md"
GUIDE = ROOT / "data" / "README.md"
REFERENCE = ROOT / "docs" / "dataset-reference.md"
SETTINGS_GUIDE = ROOT / "docs" / "settings.md"
SCHEMA = ROOT / "data" / "explorer.schema.json"
CHECKING = ROOT / "docs" / "checking.md"
JSON_GUIDE = ROOT / "docs" / "json.md"
_WARNINGS = re.compile(r"(<!-- warnings: [^\n]*-->\n)(.*?)(<!-- /warnings -->)", re.DOTALL)
_KEYS = re.compile(r"(<!-- keys: [^\n]*-->\n)(.*?)(<!-- /keys -->)", re.DOTALL)
_SETTINGS = re.compile(r"(<!-- settings: [^\n]*-->\n)(.*?)(<!-- /settings -->)", re.DOTALL)
_NAMES = re.compile(r"(<!-- names: [^\n]*-->\n)(.*?)(<!-- /names -->)", re.DOTALL)
_OUTPUTS = re.compile(r"(<!-- outputs: [^\n]*-->\n)(.*?)(<!-- /outputs -->)", re.DOTALL)
_TABLES = re.compile(r"(<!-- tables: [^\n]*-->\n)(.*?)(<!-- /tables -->)", re.DOTALL)


def key_table() -> str:
    """Every command by place, as Markdown."""
    lines = []
    for title, listed in commands.PLACES.values():
        lines += ["", f"**{title}**", "", "| keys | | |", "|---|---|---|"]
        for command in sorted(listed, key=lambda c: c.at_times):
            keys = " ".join(f"`{key}`" for key in command.shown_keys.split(" "))
            lines.append(f"| {keys} | {command.name} | {command.help} |")
    return "\n".join([*lines, "", ""])


def settings_table() -> str:
    """Every setting, as Markdown."""
    lines = ["| setting | takes | default | |", "|---|---|---|---|"]
    for setting in SETTINGS:
        default = setting.default or ""
        default = str(setting.default).lower() if isinstance(setting.default, bool) else default
        asked = ", then ".join(f"`{name}`" for name in setting.environment)
        shown = f"`{default}`" if default else "—"
        shown = f"{asked}, else {shown}" if asked else shown
        lines.append(f"| `{setting.name}` | {setting.takes} | {shown} | {setting.meaning} |")
    return "\n".join(["", *lines, "", ""])


def names_of_commands() -> str:
    """The names under which keys are set, by place, with the keys that come with them."""
    lines = [""]
    for place in sorted(commands.PLACES, key=lambda place: place != EVERYWHERE):
        named = (
            f"`{command.setting(place)[1]}` {' '.join(map(shown, command.key_names))}"
            for command in settable(place)
        )
        lines += [f"**`[{table_of(place)}]`** {commands.PLACES[place][0]}: {', '.join(named)}", ""]
    return "\n".join([*lines, ""])


def format_tables() -> str:
    """Every table and key of a dataset, as Markdown."""
    lines = []
    for table in describe.tables():
        lines += [
            "",
            f"### `{table.header}`",
            "",
            table.meaning,
            "",
            "| key | value | |",
            "|---|---|---|",
        ]
        for key in table.keys:
            name = f"**`{key.name}`**" if key.required else f"`{key.name}`"
            lines.append(f"| {name} | {key.value} | {key.meaning} |")
    return "\n".join([*lines, "", ""])


def warning_table() -> str:
    """Every warning and what it is of, as Markdown."""
    lines = [f"| `{name}` | {meaning} |" for name, meaning in WARNINGS.items()]
    return "\n".join(["", "| name | it is of |", "|---|---|", *lines, "", ""])


def test_the_guide_to_checking_lists_every_warning_with_its_meaning():
    written = _WARNINGS.search(CHECKING.read_text("utf-8"))
    assert written, "the guide has lost the place of its warnings"
    assert written[2] == warning_table(), "run: python tests/test_docs.py"


def test_the_guide_to_checking_names_every_key_of_a_problem():
    listed = re.findall(r"`([a-z_]+)`", CHECKING.read_text("utf-8"))
    assert set(Problem(file=Path("f"), message="m").as_data()) <= set(listed)


def test_the_reference_lists_every_table_and_key_with_its_meaning():
    written = _TABLES.search(REFERENCE.read_text("utf-8"))
    assert written, "the reference has lost the place of its tables"
    assert written[2] == format_tables(), "run: python tests/test_docs.py"
    assert all(key.meaning for table in describe.tables() for key in table.keys)


def test_the_schema_that_editors_read_beside_the_datasets_is_that_of_the_model():
    assert SCHEMA.read_text("utf-8") == as_json(schema()), "run: python tests/test_docs.py"


def test_the_smallest_dataset_of_the_guide_is_one(tmp_path):
    examples = re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    (example,) = (text for text in examples if text.startswith("[negotiation]"))
    path = tmp_path / "smallest.toml"
    path.write_text(example, "utf-8")
    assert dataset.load(path, cached=False).dataset.negotiation.name == "Harbour talks"


def test_what_the_guide_adds_to_a_new_dataset_is_valid_there(tmp_path):
    new_dataset.make(tmp_path, "", date(2031, 3, 10))
    examples = re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    added = [text for text in examples if not text.startswith("[negotiation]")]
    cited = 'sources = ["bay-wire-begin", "river-post-2031-03-06"]'
    whole = tmp_path / "negotiation.toml"
    whole.write_text(whole.read_text("utf-8").replace('sources = ["bay-wire-begin"]', cited))
    (tmp_path / "more.toml").write_text("\n".join(added), "utf-8")

    assert added
    assert dataset.check(tmp_path)


def test_every_key_is_listed():
    written = _KEYS.search(KEYS.read_text("utf-8"))
    assert written, "the list has lost the place of its table of keys"
    assert written[2] == key_table(), "run: python tests/test_docs.py"


def test_the_guide_to_the_command_line_names_every_command():
    help_text = subprocess.run(
        [sys.executable, "-m", "explorer", "--help"], capture_output=True, text=True, check=True
    ).stdout
    listed = help_text.partition("--json):")[2].partition("for example:")[0]
    names = re.findall(r"^  (\w+) ", listed, re.MULTILINE)
    assert names
    for name in names:
        assert f"explorer {name}" in COMMAND_LINE.read_text("utf-8")


def test_the_guide_to_settings_lists_every_setting_and_every_command():
    text = SETTINGS_GUIDE.read_text("utf-8")
    for block, made in ((_SETTINGS, settings_table()), (_NAMES, names_of_commands())):
        written = block.search(text)
        assert written, "the guide has lost the place of a table"
        assert written[2] == made, "run: python tests/test_docs.py"


def test_the_example_of_the_guide_has_no_mistake(monkeypatch, tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", SETTINGS_GUIDE.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "settings.toml"
    path.write_text(example, "utf-8")
    monkeypatch.setenv("EXPLORER_SETTINGS", str(path))
    checked = settings_check.check()
    assert checked.problems == ()
    assert checked.settings.value("theme") == "nord"


def test_the_guide_to_json_lists_every_output_and_every_key():
    written = _OUTPUTS.search(JSON_GUIDE.read_text("utf-8"))
    assert written, "the guide has lost the place of its outputs"
    assert written[2] == json_page.made(), "run: python tests/test_docs.py"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="argparse words its help otherwise there")
def test_the_manual_and_what_shells_complete_by_are_as_the_help_is():
    for path, text in shell_files.made().items():
        assert path.read_text("utf-8") == text, "run: python tests/test_docs.py"


def test_man_reads_the_manual_and_finds_nothing_wrong_with_it():
    env = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"}
    command = [program("man"), "--warnings", "-l", str(shell_files.FOLDER / "explorer.1")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env, timeout=60)
    assert done.stderr == ""
    page = re.sub(r".\x08", "", done.stdout)
    for heading in ("NAME", "SYNOPSIS", "OPTIONS", "COMMANDS", "KEYS", "EXIT STATUS"):
        assert f"\n{heading}\n" in page, heading
    for name in COMMANDS:
        assert re.search(rf"^ +explorer {name}$", page, re.MULTILINE), name


GUIDES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "data" / "README.md"]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: str(guide.relative_to(ROOT)))
def test_every_link_between_documents_leads_to_something_that_is_there(guide):
    text = re.sub(r"```.*?```|`[^`]*`", "", guide.read_text("utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        assert "://" in link or (guide.parent / link).exists(), link


def test_every_document_is_reached_from_the_readme():
    linked = set(re.findall(r"\(docs/([a-z-]+\.md)\)", README.read_text("utf-8")))
    assert linked == {path.name for path in (ROOT / "docs").glob("*.md")}
    assert len(README.read_text("utf-8").splitlines()) < 80, "the README is to be read at once"


if __name__ == "__main__":
    for path, block, made in (
        (KEYS, _KEYS, key_table()),
        (REFERENCE, _TABLES, format_tables()),
        (CHECKING, _WARNINGS, warning_table()),
        (SETTINGS_GUIDE, _SETTINGS, settings_table()),
        (SETTINGS_GUIDE, _NAMES, names_of_commands()),
        (JSON_GUIDE, _OUTPUTS, json_page.made()),
    ):
        text = path.read_text("utf-8")
        path.write_text(block.sub(lambda m, made=made: m[1] + made + m[3], text), "utf-8")
    SCHEMA.write_text(as_json(schema()), "utf-8")
    for path, text in shell_files.made().items():
        path.write_text(text, "utf-8")
