"""The README says what the code says.

Run as a script it writes the table of keys anew: `python tests/test_docs.py`.
"""

import re
import subprocess
import sys
from pathlib import Path

from explorer.ui import commands

README = Path(__file__).parents[1] / "README.md"
_BLOCK = re.compile(r"(<!-- keys: [^\n]*-->\n)(.*?)(<!-- /keys -->)", re.DOTALL)


def key_table() -> str:
    """Every command by place, as Markdown."""
    lines = []
    for title, listed in commands.PLACES.values():
        lines += ["", f"**{title}**", "", "| keys | | |", "|---|---|---|"]
        for command in listed:
            keys = " ".join(f"`{key}`" for key in command.shown_keys.split(" "))
            lines.append(f"| {keys} | {command.name} | {command.help} |")
    return "\n".join([*lines, "", ""])


def test_the_readme_lists_every_key():
    written = _BLOCK.search(README.read_text("utf-8"))
    assert written, "the README has lost the place of its table of keys"
    assert written[2] == key_table(), "run: python tests/test_docs.py"


def test_the_readme_names_every_command_of_the_command_line():
    help_text = subprocess.run(
        [sys.executable, "-m", "explorer", "--help"], capture_output=True, text=True, check=True
    ).stdout
    listed = help_text.partition("--json):")[2].partition("environment:")[0]
    names = re.findall(r"^  (\w+) ", listed, re.MULTILINE)
    assert names
    for name in names:
        assert f"explorer {name}" in README.read_text("utf-8")


def test_every_picture_of_the_readme_is_there():
    pictures = re.findall(r"\]\((screenshots/[^)]+)\)", README.read_text("utf-8"))
    assert pictures
    for picture in pictures:
        assert (README.parent / picture).is_file(), picture


if __name__ == "__main__":
    text = README.read_text("utf-8")
    README.write_text(_BLOCK.sub(lambda m: m[1] + key_table() + m[3], text), "utf-8")
