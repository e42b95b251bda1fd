"""Traditional Chinese characters become the simplified ones that Unicode gives for them.

Run as a script it makes the table anew from the Unihan database, which Debian has in its
package unicode-data: `python tests/text/test_simplified.py`.
"""

from __future__ import annotations

import bz2
from collections import defaultdict
from pathlib import Path

import pytest

from explorer.text import simplified
from explorer.text.folding import fold

UNIHAN = Path("/usr/share/unicode/Unihan_Variants.txt.bz2")
_WIDTH = 44
"""Characters on a line, each of which is two cells wide."""


def unihan() -> tuple[str, dict[str, dict[str, list[str]]]]:
    """The version of the database, and the variants it gives: by field and character."""
    variants: dict[str, dict[str, list[str]]] = defaultdict(dict)
    version = ""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# Unicode version"):
                version = line.split()[-1]
            if line.startswith("U+"):
                code, field, values = line.rstrip("\n").split("\t")
                variants[field][_char(code)] = [_char(value) for value in values.split()]
    return version, variants


def _char(written: str) -> str:
    return chr(int(written.partition("<")[0].removeprefix("U+"), 16))


def _is_common(char: str) -> bool:
    """Whether a character is in the block that texts of today are written in."""
    return 0x4E00 <= ord(char) <= 0x9FFF


def made(variants: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    """Each character that has a simplified one, with that one.

    Where the database gives several it is the first that is another character. What is another
    way to write one traditional character (裏 for 裡) goes with it.
    """
    pairs: dict[str, str] = {}
    for char, others in variants["kSimplifiedVariant"].items():
        other = next((o for o in others if o != char and _is_common(o)), None)
        if _is_common(char) and other is not None:
            pairs[char] = other
    known = {*pairs, *pairs.values()}
    for field in ("kZVariant", "kSemanticVariant"):
        for char, others in variants[field].items():
            if _is_common(char) and char not in known and len(others) == 1 and others[0] in pairs:
                pairs.setdefault(char, pairs[others[0]])
    return {char: pairs.get(other, other) for char, other in sorted(pairs.items())}


def module(version: str, pairs: dict[str, str]) -> str:
    """The text of the module with the table."""
    return (
        f'"""Traditional Chinese characters and, at the same places, their simplified ones.\n\n'
        f"Made from the variants of the Unihan database, Unicode {version}, by\n"
        "`python tests/text/test_simplified.py`; © Unicode, Inc., under the Unicode License\n"
        "(https://www.unicode.org/license.txt). Several may have one simplified character, and\n"
        'then are alike. It is imported when the first Chinese text is compared.\n"""\n\n'
        f"TRADITIONAL = (\n{_lines(''.join(pairs))})\n"
        f'"""Characters in the order of Unicode."""\n'
        f"SIMPLIFIED = (\n{_lines(''.join(pairs.values()))})\n"
        f'"""What each of them is in simplified characters."""\n'
    )


def _lines(chars: str) -> str:
    cut = (chars[at : at + _WIDTH] for at in range(0, len(chars), _WIDTH))
    return "".join(f'    "{line}"\n' for line in cut)


def test_it_is_what_the_database_says():
    if not UNIHAN.exists():
        pytest.skip("the Unihan database is not here: Debian has it in unicode-data")
    version, variants = unihan()
    if f"Unicode {version}, by" not in (simplified.__doc__ or ""):
        pytest.skip(f"the table is made from another version of Unicode than {version}")
    assert made(variants) == dict(zip(simplified.TRADITIONAL, simplified.SIMPLIFIED, strict=True))


def test_each_character_becomes_one_that_stays_as_it_is():
    assert len(simplified.TRADITIONAL) == len(simplified.SIMPLIFIED) > 2_500
    assert len(set(simplified.TRADITIONAL)) == len(simplified.TRADITIONAL)
    assert set(simplified.TRADITIONAL).isdisjoint(simplified.SIMPLIFIED)


@pytest.mark.parametrize(
    ("traditional", "written"),
    [
        ("關稅", "关税"),
        ("財政部長", "财政部长"),
        ("稀土出口管制", "稀土出口管制"),
        ("臺灣", "台湾"),
        ("這裏和那裡", "这里和那里"),
        ("為爲說説", "为为说说"),
        ("譚慧蘭", "谭慧兰"),
        ("貿易戰", "贸易战"),
    ],
)
def test_texts_in_either_are_compared_as_one(traditional, written):
    assert fold(traditional) == fold(written) == written


if __name__ == "__main__":
    now, given = unihan()
    Path(simplified.__file__).write_text(module(now, made(given)), "utf-8")
