"""What no single record shows: sides and days set against one another.

A comparison is one module here and one line in COMPARISONS. The module has two functions:
`sheet` sets its answer out, for the screen and the command line, and `as_data` gives it as
plain values, which `--json` prints. One whose view draws signs has a third: `document` says it
in words. One whose answer may be long has `to_read`, which writes it as it is read. The key,
the help, the palette, the full-screen view and the command follow from the line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, cast

from explorer.values import dataclass

if TYPE_CHECKING:
    from explorer.documents.comparisons.question import Question
    from explorer.documents.sheet import Sheet
    from explorer.view import View


class Module(Protocol):
    """What each module of a comparison has."""

    def sheet(self, view: View, question: Question, /) -> Sheet:
        """The answer set out, with a title and sources."""

    def as_data(self, view: View, question: Question, /) -> Sequence[Mapping[str, object]]:
        """The rows of the answer as plain values for JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One comparison: how it is asked for, and which questions it takes."""

    name: str
    """Of its module here, and of its view."""
    command: str
    """The word that the command line knows it by."""
    key: str
    """The key that opens its view, and closes it again."""
    title: str
    """A word or two, for the palette and the line of keys."""
    place: str
    """Where one is in its view, as a heading of the help."""
    help: str
    """What it shows, for the help of the screen."""
    description: str
    """What it prints, for `--help`."""
    about: tuple[str, ...] = ()
    """The kinds of record that it may be about; none when it is always about all."""
    takes_several: bool = False
    """Whether it may be about several records of one kind at once."""
    since: Literal["", "optional", "always"] = ""
    """Whether it takes a second date; one that always has a second date finds one by itself."""
    option: tuple[str, str] = ("", "")
    """The option of its command that asks for the other form, with its help, if it has one."""
    orders: tuple[str, ...] = ()
    """By what its rows can be sorted, beside the order of the dataset."""
    has_coalitions: bool = False
    """Whether its columns can be those of coalitions, their members beneath them."""
    narrows: tuple[str, str] = ("", "")
    """The option of its command that leaves out what does not differ, with its help."""
    filled_by: str = ""
    """What stands in it, for somebody who sees it with nothing in it."""
    kind: str = ""
    """The kind of record that a dataset must have for it to be offered; none when any will do."""
    is_of_two: bool = False
    """Whether two records are chosen to be set against one another."""
    has_command: bool = False
    """Whether a module reads its command that is written for it alone."""
    is_its_own: bool = False
    """Whether an action opens it, and a module reads its command, that are written for it alone."""
    is_prominent: bool = False
    """Whether the line of keys shows it everywhere."""

    @property
    def module(self) -> Module:
        """Imported only now: few are needed in one run of the program."""
        return cast("Module", import_module(f"{__name__}.{self.name}"))

    def to_read(self, view: View, question: Question) -> Sheet:
        """The answer for somebody who moves through it, perhaps written as far as it is read."""
        write = getattr(self.module, "to_read", self.module.sheet)
        return cast("Sheet", write(view, question))

    def document(self, view: View, question: Question) -> Sheet:
        """The answer to take out of the program: in words where its view draws signs."""
        write = getattr(self.module, "document", self.module.sheet)
        return cast("Sheet", write(view, question))


COMPARISONS = (
    Comparison(
        name="positions",
        command="positions",
        key="p",
        title="Positions",
        place="In the positions",
        help="What each side wants on every issue, side by side.",
        description="Show what each side wants on every issue, and what changed.",
        since="optional",
        option=("--by-round", "show what was on the table in which round"),
        orders=("holders", "stance", "moved"),
        has_coalitions=True,
        filled_by="Issues stand here, each with the positions that sides take on it.",
        is_prominent=True,
    ),
    Comparison(
        name="accounts",
        command="accounts",
        key="a",
        title="Accounts",
        place="In the accounts",
        help="What each side says was agreed on the round or issue shown.",
        description="Show what each side says was agreed, and where one is silent.",
        about=("round", "issue", "point"),
        has_coalitions=True,
        narrows=("--differing", "leave out what nobody denies, words otherwise or is silent on"),
        filled_by="Points said to be agreed stand here, each with what every side says of it.",
        is_prominent=True,
    ),
    Comparison(
        name="in_force",
        command="measures",
        key="f",
        title="In force",
        place="In the measures in force",
        help="Which measures apply, are suspended or only threatened.",
        description="Show what is in force, suspended or only threatened.",
        filled_by="Measures stand here from their first step on: threatened, announced, in force.",
    ),
    Comparison(
        name="deadlines",
        command="deadlines",
        key="F",  # what falls due, beside what is in force
        title="Deadlines",
        place="In the deadlines",
        help="What falls due, how its day was moved, and what was met, missed or has passed.",
        description="Show what falls due, how it was moved, and what came of it.",
        narrows=("--open", "leave out what is settled"),
        filled_by="Dates stand here by which something is to be done, ends or begins.",
        has_command=True,
    ),
    Comparison(
        name="figures",
        command="figures",
        key="t",
        title="Figures",
        place="In the figures",
        help="What is counted over time: rates, amounts, targets, and who counts otherwise.",
        description="Show what is counted over time: rates, amounts, targets, and who says so.",
        about=("figure",),
        takes_several=True,
        filled_by="Figures stand here: what is counted over time, such as rates, amounts or votes.",
        kind="figure",
    ),
    Comparison(
        name="changes",
        command="changes",
        key="c",
        title="Changes",
        place="In the changes",
        help="What changed since the round before, or between two dates.",
        description="Show what changed since the round before, or between two dates.",
        since="always",
        filled_by="What became public from one day to another stands here.",
    ),
    Comparison(
        name="evidence",
        command="evidence",
        key="E",
        title="Evidence",
        place="In the evidence",
        help="Which statements rest on weak, one-sided, secondary, single or unarchived sources.",
        description="Show which statements rest on weak, one-sided or single sources.",
    ),
    Comparison(
        name="texts",
        command="compare",
        key="d",
        title="Compare",
        place="In two texts compared",
        help="Two texts, or two states of one, clause by clause.",
        description="Compare two texts, or two states of one, clause by clause.",
        about=("text",),
        kind="text",
        is_of_two=True,
        is_its_own=True,
        option=("--changed", "leave out what reads the same in both"),
    ),
    Comparison(
        name="news",
        command="news",
        key="w",
        title="What is new",
        place="In what is new",
        help="Walk through what is new, corrected or withdrawn since you were last here.",
        description="Show what is new in the files since you were last here, or since a day.",
        is_its_own=True,
    ),
)
"""Every comparison, in the order of the help and of `--help`."""
