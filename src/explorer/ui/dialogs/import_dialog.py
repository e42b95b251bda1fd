"""What would come in of a file: its columns, what is new, what is there and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Click

from explorer.adding import offers
from explorer.adding.form_kinds import FORM_KINDS
from explorer.intake import plan_report, targets
from explorer.intake.batch import Outcome, Reason
from explorer.intake.cell_values import Habits
from explorer.intake.plan import Plan, Wishes
from explorer.record import labels
from explorer.text.folding import fold
from explorer.text.sanitize import one_line
from explorer.ui import commands
from explorer.ui.dialogs.choose_meaning import ChooseMeaning, Meaning, kinds
from explorer.ui.dialogs.dialog import DOUBLE_CLICK, Dialog
from explorer.ui.dialogs.dialog_commands import IMPORT
from explorer.ui.dialogs.plan_lines import ANY, PlanLines, known_fields, label_of, rows_of
from explorer.ui.dialogs.text_prompt import TextPrompt
from explorer.ui.widgets.frame_title import set_title

_NAMES = 60
"""Records that are offered for a name that is not known."""


class ImportDialog(Dialog[Plan]):
    """Returns the plan that is to be carried out; escape returns nothing."""

    PLACE = "import"
    BINDINGS = commands.bindings(IMPORT, "import", first=True)

    def __init__(
        self,
        plan: Plan,
        wishes: Wishes,
        look_again: Callable[[ImportDialog, Wishes], None],
        *,
        is_apart: bool,
        ends: Callable[[Plan], date | None],
    ) -> None:
        """`look_again` shows a plan by other wishes; `ends` says where the record would end."""
        super().__init__()
        self._plan, self._wishes, self._look_again = plan, wishes, look_again
        self._is_apart, self._ends = is_apart, ends
        self._lines = PlanLines()
        self._passed: frozenset[int] = frozenset()
        """The rows that are left out."""

    def body(self) -> ComposeResult:
        yield self._lines

    def on_mount(self) -> None:
        self.show_plan(self._plan)

    def show_plan(self, plan: Plan) -> None:
        """List what would come in now."""
        self._plan = plan
        if not self._lines.is_attached:
            return
        (file,) = plan.files
        if file.columns is None or file.table is None:
            what = (
                f"{plan_report.many(len(plan.batch.outcomes), 'entry', 'entries')}, each a source"
            )
        else:
            kind = FORM_KINDS[file.columns.kind].title
            what = f"{plan_report.many(len(file.table.rows), 'row')}, each {kind}"
        name = labels.shortened(file.file.name.rpartition("/")[2], 40)
        set_title(self.query_one(".dialog"), Content(f"{name}: {what}"))
        rows = rows_of(plan, is_apart=self._is_apart, ends=self._ends(plan))
        self._lines.list([*rows])

    # What is changed.

    def action_move(self, way: int) -> None:
        self._lines.move(way)

    def _wish(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._look_again(self, wishes)

    def action_change(self) -> None:
        """Change what the cursor is on."""
        row = self._lines.current
        if row is None or not row.can_change:
            self.notify("That only says how it is: there is nothing to change.")
        elif row.column:
            self._choose_field(row.column)
        elif row.field == ANY:
            self._choose_fixed()
        elif row.field:
            self._say_in_every_row(row.field)
        elif row.outcome is not None:
            self._toggle(row.outcome)
        elif row.reason is not None:
            self._settle(row.reason)

    def _choose_field(self, head: str) -> None:
        taken = self._taken()
        meanings: list[Meaning] = [("", "Leave the column out", "")]
        for name, one in known_fields(self._plan).items():
            other = f"in the place of “{taken[name]}”" if taken.get(name, head) != head else ""
            meanings.append((name, label_of(name, known_fields(self._plan)), other or one.meaning))
        meanings.append((targets.ID, "Id", "Its lasting name in the record."))

        def chosen(name: str | None) -> None:
            if name is not None:
                columns = {**self._wishes.columns, head: name}
                if name and taken.get(name, head) != head:
                    columns[taken[name]] = ""
                self._wish(replace(self._wishes, columns=columns))

        title = f"What is in “{labels.shortened(one_line(head), 40)}”?"
        now = next((name for name, other in taken.items() if other == head), "")
        self.app.push_screen(ChooseMeaning(title, meanings, now=now), chosen)

    def _taken(self) -> dict[str, str]:
        """The head of the column of each field."""
        (file,) = self._plan.files
        columns = file.columns.columns if file.columns is not None else {}
        return {name: head for head, name in columns.items() if name}

    def _choose_fixed(self) -> None:
        taken = self._taken()
        meanings = [
            (name, label_of(name, known_fields(self._plan)), one.meaning)
            for name, one in known_fields(self._plan).items()
            if name not in taken
        ]

        def chosen(name: str | None) -> None:
            if name is not None:
                self._say_in_every_row(name)

        self.app.push_screen(ChooseMeaning("What is the same in every row?", meanings), chosen)

    def _say_in_every_row(self, name: str) -> None:
        one = known_fields(self._plan)[name]

        def said(value: str | None) -> None:
            if value is not None:
                fixed = {**self._wishes.fixed, name: value}
                self._wish(replace(self._wishes, fixed=fixed))

        title = f"{label_of(name, known_fields(self._plan))} in every row"
        if one.is_chosen or one.choices:
            meanings: list[Meaning] = [("", "Nothing", "")] if not one.required else []
            if one.is_chosen:
                meanings += self._records(one.kinds, "")
            else:
                meanings += [(value, called, "") for value, called in one.choices]
            now = self._said_in_every_row(name)
            self.app.push_screen(ChooseMeaning(title, meanings, one.meaning, now), said)
        else:
            self.app.push_screen(TextPrompt(title, one.meaning), said)

    def _said_in_every_row(self, name: str) -> str:
        """What is chosen in a field now, for the cursor to be on."""
        (file,) = self._plan.files
        said = dict(plan_report.in_every_row(file)).get(name, "")
        one = known_fields(self._plan)[name]
        return next((value for value, called in one.choices if said in (value, called)), said)

    def _records(self, of: tuple[str, ...], like: str) -> list[Meaning]:
        """Records of some kinds, those first whose names are most like one."""
        from difflib import SequenceMatcher

        offered = offers.Offers(self._plan.batch.view)
        found = [each for kind in of for each, _ in offered.read(kind)]
        if like:
            typed = fold(like)

            def likeness(each: offers.Offer) -> float:
                return SequenceMatcher(None, typed, fold(each.label)).ratio()

            found.sort(key=likeness, reverse=True)
        return [(each.name.partition(":")[2], each.label, each.detail) for each in found[:_NAMES]]

    def _settle(self, reason: Reason) -> None:
        """Ask for what would settle why rows are refused."""
        match reason.ask:
            case "value":
                self._say_in_every_row(reason.field)
            case "name":
                self._ask_who(reason)
            case "dates":
                self._ask_how(reason, (("day", "The day"), ("month", "The month")))
            case "decimal":
                self._ask_how(reason, (("comma", "A comma"), ("point", "A point")))

    def _ask_who(self, reason: Reason) -> None:
        one = known_fields(self._plan)[reason.field]

        def chosen(slug: str | None) -> None:
            if slug is not None:
                meant = {**self._wishes.meant, reason.said: slug}
                self._wish(replace(self._wishes, meant=meant))

        title = f"Who or what is “{labels.shortened(one_line(reason.said), 40)}”?"
        known: Sequence[Meaning] = [(value, called, "") for value, called in one.choices]
        if one.is_chosen:
            known = self._records(one.kinds, reason.said)
        self.app.push_screen(ChooseMeaning(title, known), chosen)

    def _ask_how(self, reason: Reason, ways: tuple[tuple[str, str], ...]) -> None:
        def chosen(way: str | None) -> None:
            if way is not None:
                habits = self._wishes.habits
                order = way if reason.ask == "dates" else habits.order
                decimal = way if reason.ask == "decimal" else habits.decimal
                self._wish(replace(self._wishes, habits=Habits(order, decimal)))  # type: ignore[arg-type]

        what = "comes first" if reason.ask == "dates" else "stands before what is less than one"
        title = f"{one_line(reason.message)}: what {what}?"
        meanings = [(way, called, "") for way, called in ways]
        self.app.push_screen(ChooseMeaning(title, meanings), chosen)

    def _toggle(self, outcome: Outcome) -> None:
        """Leave a row out, or take it in again."""
        self._passed ^= {outcome.number}
        every = {each.number for each in self._plan.batch.outcomes}
        kept = frozenset(every - self._passed) or frozenset({-1})
        self._wish(replace(self._wishes, numbers=kept if self._passed else frozenset()))

    def action_kind(self) -> None:
        """Say that the rows are something else."""
        (file,) = self._plan.files
        if file.columns is None:
            self.notify("The entries of a library are sources.")
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                self._wish(replace(self._wishes, kind=name, columns={}, fixed={}))

        self.app.push_screen(ChooseMeaning("What are the rows?", kinds()), chosen)

    def action_save(self) -> None:
        """Add what is new."""
        if self._plan.batch.additions:
            self.dismiss(self._plan)
        else:
            self.notify("There is nothing new that could be added; Esc closes this.")

    def on_click(self, event: Click) -> None:
        super().on_click(event)
        if event.chain == DOUBLE_CLICK and self.clicked(event) is self._lines:
            self.action_change()
