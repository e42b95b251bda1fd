"""Every sign on the screen and what it means, each from where it lives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from explorer.documents import time_axis
from explorer.documents.comparisons.changes.change import SIGNS as CHANGES
from explorer.documents.comparisons.on_the_table import ABSENT
from explorer.documents.comparisons.texts.two_texts import SIGNS as CLAUSES
from explorer.documents.news_words import SIGNS as NEWS
from explorer.record.labels import OWN_SIGN, STANCE_GLYPHS
from explorer.record.state_signs import STATE_GLYPHS
from explorer.ui import style
from explorer.ui.messages import SIGNS as MESSAGES
from explorer.ui.views.figures_view import LEGEND as FIGURES
from explorer.ui.widgets import ribbon, step_chart
from explorer.ui.widgets.combobox import TAKE_OFF
from explorer.ui.widgets.visible_signs import INVISIBLE

_KINDS_OF_MESSAGE = {"information": "said in passing", "warning": "look out", "error": "an error"}


def legend(walk: str) -> Mapping[str, Mapping[str, str]]:
    """What each sign means, by where it stands; `walk` is the key that walks through news."""
    return {
        "Beside a record": {
            style.SCOPE_MARK: "in the scope",
            style.CONFLICT_MARK: "sources disagree on it",
            style.NOTE_MARK: f"a note of yours; {style.NOTE_MARK}1 is behind the words it is on",
            OWN_SIGN: "your own, or has something of yours",
            NEWS["new"]: f"new since you were last here; {walk} walks through what is",
            NEWS["corrected"]: f"corrected since; {walk} shows what it said before",
            NEWS["withdrawn"]: "withdrawn since",
        },
        "An issue": {sign: state for state, sign in STATE_GLYPHS.items()},
        "What a side says": {sign: stance for stance, sign in STANCE_GLYPHS.items()},
        "The time ribbon": {
            "1": "a round by its number",
            time_axis.ROUND: "one that is not counted",
            time_axis.SEVERAL: "several of these in a cell",
            time_axis.TO_COME: "one that is to come",
            ribbon.TICK: "a date",
            ribbon.TO_COME: "a date to come",
            ribbon.BEYOND: "one that lies further off",
            ribbon.AS_OF: "the day looked at",
            ribbon.AHEAD: "what lies after it",
            ribbon.ONE_SIDED: "known in full from one side only",
            ribbon.ONE_SIDED_AHEAD: "the same, after the day looked at",
        },
        "By round": {ABSENT.text: "not on the table"},
        "What changed": _by_sign(CHANGES.values()),
        "Two texts": {**dict(CLAUSES.values()), STANCE_GLYPHS["silent"]: "silent on a matter"},
        "A chart": {
            **dict(words.split(" ", 1) for words in FIGURES.values()),
            step_chart.COUNTED: "counts, a sign for each of who counts",
            step_chart.POINTERS: "around what is pointed at",
            "".join(step_chart.CHOSEN.values()): "the same signs when they are pointed at",
        },
        "Elsewhere": {
            **{sign: _KINDS_OF_MESSAGE[kind] for kind, sign in MESSAGES.items()},
            TAKE_OFF: "takes a choice off again, by a click",
            "▸": "where you are in a list",
            INVISIBLE: "in a text that is written: a character that cannot be seen",
            style.ELLIPSIS: "there is more",
        },
    }


def _by_sign(named: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Signs that stand for several things, with all of these."""
    meanings: dict[str, list[str]] = {}
    for sign, word in named:
        meanings.setdefault(sign, []).append(word)
    return {sign: ", ".join(words) for sign, words in meanings.items()}
