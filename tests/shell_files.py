"""What goes into the wheel beside the code: the manual, and what shells complete by.

All is made from what `--help` says; `python tests/test_docs.py` writes it into `docs/shell/`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from unittest.mock import patch

from argparse_manpage.manpage import Manpage

from explorer import __version__
from explorer.cli.command_table import whole_parser
from explorer.cli.completions_command import SHELLS, completions

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "shell"
NAMES = {"bash": "explorer", "zsh": "_explorer", "fish": "explorer.fish"}


def made() -> dict[Path, str]:
    """Each file with what is to stand in it."""
    scripts = {FOLDER / NAMES[shell]: f"{completions(shell)}\n" for shell in SHELLS}
    return {FOLDER / "explorer.1": manual(), **scripts}


def manual() -> str:
    """The manual page, dated by nothing: it says of which version it is."""
    about = {
        "prog": "explorer",
        "project_name": "explorer",
        "description": "explore a negotiation and annotate it, in a terminal",
        "version": __version__,
        "manual_title": "User commands",
        "manual_section": "1",
    }
    # As wide as the help of a terminal of 80 columns, whatever the machine's is.
    with patch.dict(os.environ, {"COLUMNS": "80", "SOURCE_DATE_EPOCH": "0"}):
        page = str(Manpage(whole_parser(), about, format="single-commands-section"))
    return re.sub(r'"1970\\-01\\-01"', '""', page, count=1).rstrip() + "\n"
