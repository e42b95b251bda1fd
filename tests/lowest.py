"""The lowest version of everything the program needs, as pip takes constraints.

`python tests/lowest.py` prints them, from `pyproject.toml`: what is declared is to be true.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))[
    "project"
]

sys.stdout.writelines(
    f"{found[1]}=={found[2]}\n"
    for one in PROJECT["dependencies"]
    if (found := re.match(r"([\w.-]+)>=([\d.]+)", one))
)
