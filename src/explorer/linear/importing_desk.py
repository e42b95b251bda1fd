"""Records from other programs by lines: what would come in is read first, and asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import UsageError
from explorer.linear.adding_desk import AddingDesk
from explorer.linear.session import Deed, Session
from explorer.linear.spoken import in_words
from explorer.opening import Opened
from explorer.record import labels
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.intake.batch import Reason
    from explorer.intake.incoming import Incoming
    from explorer.intake.plan import Plan, Wishes


_CHOICES: Mapping[str, Sequence[str]] = {"dates": ("day", "month"), "decimal": ("comma", "point")}
"""What may be answered, where that is one of two."""


class ImportingDesk:
    """Looks at a file, and brings in what is new of it after a yes."""

    def __init__(self, session: Session, opened: Opened, adding: AddingDesk) -> None:
        self._session, self._opened, self._adding = session, opened, adding

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        return {"import": self._import}

    def _import(self, typed: str) -> None:
        from explorer.intake import incoming
        from explorer.intake.plan import Wishes

        session = self._session
        self._adding.where()
        if not typed:
            *most, last = (name for name, _ in incoming.FORMATS.values())
            session.say(
                f"Say which file: “import library.bib”. It may be {', '.join(most)} or {last}, and "
                "what would come in is read before it does."
            )
            return
        try:
            path = Path(typed).expanduser()
        except RuntimeError as error:
            raise UsageError(f"{one_line(typed)}: {one_line(str(error))}") from None
        if path == incoming.STDIN:
            raise UsageError("name a file; a pipe is read by “explorer import -”")
        self._look(incoming.read(path), Wishes(), frozenset())

    def _look(self, file: Incoming, wishes: Wishes, passed: frozenset[Reason]) -> None:
        """Read what would come in, and ask what is wanting; `passed` was left open."""
        from explorer.intake import plan_report
        from explorer.intake.answers import QUESTIONS, question_for
        from explorer.intake.column_map import UnknownKindError
        from explorer.intake.plan import planned

        session = self._session
        try:
            plan = planned(session.view, [file], wishes)
        except UnknownKindError:
            self._ask_for_kind(file, wishes)
            return
        reasons = (reason for reason, _ in plan_report.grouped(plan.having("refused")))
        reason = next((r for r in reasons if r.ask in QUESTIONS and r not in passed), None)
        if reason is None or not passed:
            self._say(plan)
        if reason is None:
            self._ask_to_bring(file, wishes, plan)
            return
        question = f"{one_line(str(reason))}. {question_for(reason)} Enter leaves it open."
        session.say(question)
        session.mode = _Settling(
            session,
            partial(self._settle, file, wishes, reason, passed),
            _CHOICES.get(reason.ask, ()),
            question,
        )

    def _say(self, plan: Plan) -> None:
        """Read a plan; what is said of options is for those who type commands."""
        from explorer.intake import plan_report

        said = (in_words(line) for line in plan_report.lines(plan) if line.strip())
        self._session.say(*(line for line in said if not line.startswith("--")))

    def _ask_for_kind(self, file: Incoming, wishes: Wishes) -> None:
        from explorer.adding.form_kinds import FORM_KINDS

        def chosen(name: str) -> Callable[[], None]:
            return lambda: self._look(file, replace(wishes, kind=name), frozenset())

        self._session.say(f"What is each row of {one_line(Path(file.name).name)}?")
        kinds = [(kind.title, chosen(kind.name)) for kind in FORM_KINDS.values()]
        self._session.choose(kinds, otherwise="Nothing was added.")

    def _settle(
        self,
        file: Incoming,
        wishes: Wishes,
        reason: Reason,
        passed: frozenset[Reason],
        answer: str,
    ) -> None:
        """Look again with what was answered."""
        from explorer.intake.answers import with_answer

        if answer:
            wishes = with_answer(wishes, reason, answer)
        self._look(file, wishes, passed | {reason})

    def _ask_to_bring(self, file: Incoming, wishes: Wishes, plan: Plan) -> None:
        from explorer.intake import bringing

        session, number = self._session, len(plan.having("new"))
        refused = plan.having("refused")
        if not plan.batch.additions and not refused:
            session.say(*bringing.keep_maps(plan), "There is nothing new in it.")
            return
        if number:
            overlay = self._opened.overlay(session.view.whole)
            own = "your own additions, " if overlay is not None else ""
            what = "it" if number == 1 else f"all {number:,}"
            session.say(f"Add {what} to {own}{self._adding.where()}?")
            if (end := bringing.plan_end(plan, overlay)) is not None:
                session.say(f"The record would then end on {labels.day(end)}.")
        has_columns = any(source.columns is not None for source in plan.files)
        if has_columns:
            session.say("“COLUMN = FIELD” says what a column is, if one is understood wrongly.")
        session.mode = _Agreeing(
            session,
            partial(self._bring, plan) if number else None,
            partial(self._with_column, file, wishes) if has_columns else None,
        )

    def _with_column(self, file: Incoming, wishes: Wishes, column: str, field: str) -> None:
        """Look again with what a column is said to be."""
        self._look(file, replace(wishes, columns={**wishes.columns, column: field}), frozenset())

    def _bring(self, plan: Plan) -> None:
        from explorer.intake import bringing

        session, opened = self._session, self._opened
        assert opened.path is not None, "it was looked at before"
        any_size = opened.files is not None and opened.files.any_size
        overlay = opened.overlay(session.view.whole)
        written = bringing.bring(plan, opened.path, overlay, any_size=any_size)
        kept = bringing.keep_earlier(plan, overlay or opened.path, written)
        for trouble in filter(None, (kept, *bringing.keep_maps(plan))):
            session.say(trouble)
        session.say(f"{labels.counted(len(plan.having('new')), 'entry', 'entries')} added.")
        self._adding.show_anew(written)


class _Settling:
    """An answer about all rows; Enter alone leaves the question open."""

    prompt = "Answer"

    def __init__(
        self,
        session: Session,
        answered: Callable[[str], None],
        choices: Sequence[str],
        question: str,
    ) -> None:
        """Of `choices`, if there are any, one has to be meant by its beginning."""
        self._session, self._answered = session, answered
        self._choices, self._question = choices, question

    def take(self, line: str) -> bool:
        typed = line.strip()
        meant = [each for each in self._choices if each.startswith(typed.casefold())]
        if typed == "?":
            self._session.say(self._question)
        elif typed and self._choices and len(meant) != 1:
            self._session.say(f"Say {' or '.join(self._choices)}; Enter leaves it open.")
        else:
            self._session.close_mode()
            self._answered(meant[0] if typed and meant else typed)
        return True

    def ended(self) -> None:
        self._session.close_mode()
        self._session.say("Nothing was added.")

    def broken_off(self) -> None:
        self.ended()


class _Agreeing:
    """A yes, or what a column is; anything else adds nothing."""

    def __init__(
        self,
        session: Session,
        bring: Callable[[], None] | None,
        with_column: Callable[[str, str], None] | None,
    ) -> None:
        self._session, self._bring, self._with_column = session, bring, with_column
        self.prompt = "yes or no" if bring is not None else "COLUMN = FIELD, or Enter"

    def take(self, line: str) -> bool:
        typed = line.strip()
        column, sign, field = typed.rpartition("=")
        if sign and column.strip() and self._with_column is not None:
            with_column = self._with_column
            self._session.close_mode()
            with_column(column.strip(), field.strip())
            return True
        if typed.casefold() in ("yes", "y") and self._bring is not None:
            self._session.close_mode()
            self._bring()
            return True
        self.ended()
        return not typed or typed.casefold() in ("no", "n", "?")

    def ended(self) -> None:
        self._session.close_mode()
        self._session.say("Nothing was added.")

    def broken_off(self) -> None:
        self.ended()
