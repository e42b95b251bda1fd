"""The fields that a column may hold, by the names that people type for them.

A row may say more than its own fields: of its source (“source.title”), and of the entry that
comes along with its record (“value.number” in a row that is a figure).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from explorer.adding.form_fields import WITHIN, FormField, fields_of
from explorer.adding.form_kinds import FORM_KINDS, FormKind
from explorer.errors import UsageError
from explorer.intake import head_words
from explorer.record.model import Negotiation
from explorer.text.folding import fold
from explorer.text.near_words import nearest
from explorer.text.sanitize import one_line

ID = "id"
SOURCE = "source."
"""What begins the name of a field that a row says of its source."""
_IGNORED = ("", "-", "nothing", "none")


def targets(kind: str, negotiation: Negotiation) -> Mapping[str, FormField]:
    """The fields that a column may hold for a kind, by the names that `--map` takes."""
    form = FORM_KINDS[kind]
    own = {f.key: f for f in fields_of(form, negotiation)}
    if kind == "source" or "sources" not in own:
        return own
    own |= {
        entry_key(form, f.key): replace(f, is_first=False) for f in entry_fields(form, negotiation)
    }
    of_source = {f.key: f for f in fields_of(FORM_KINDS["source"], negotiation)}
    return own | {
        f"{SOURCE}{key}": replace(of_source[key], required=False, is_first=False)
        for key in head_words.SOURCE_FIELDS
    }


def entry_fields(form: FormKind, negotiation: Negotiation) -> Iterator[FormField]:
    """The fields of the entry that a row says along with its record, such as a figure's value.

    None of them is needed where a row has no entry.
    """
    for one in fields_of(FORM_KINDS[form.with_it], negotiation) if form.with_it else ():
        if one.key not in (WITHIN, "sources"):
            yield replace(one, required=False)


def entry_key(form: FormKind, key: str) -> str:
    """How a field of the entry is called that comes along with a record: “value.number”."""
    return f"{form.with_it}.{key}"


def called(kind: str, name: str) -> str:
    """The name of a field as people see and type it."""
    return FORM_KINDS[kind].within[0] if name == WITHIN else name


def target_named(kind: str, said: str, negotiation: Negotiation) -> str:
    """The field that somebody names. Raises UsageError, which names the nearest."""
    known = targets(kind, negotiation)
    typed = fold(said.strip()).replace(" ", "_")
    if typed in _IGNORED:
        return ""
    by_name: dict[str, str] = {}
    for name, one in known.items():
        by_name.setdefault(fold(one.label).replace(" ", "_"), name)
        if not name.startswith(SOURCE):
            by_name.setdefault(one.key, name)
    by_name |= {name: name for name in known} | {ID: ID}
    by_name |= dict.fromkeys(FORM_KINDS[kind].within, WITHIN)
    singular = {name.removesuffix("s"): name for name in known if name.endswith("s")}
    if (found := by_name.get(typed) or singular.get(typed)) is not None:
        return found
    near = nearest(typed, by_name)
    hint = f"did you mean “{near}”?" if near else f"there are {', '.join(_shown(kind, known))}"
    raise UsageError(f"a {kind} has no field “{one_line(said)}”; {hint}")


def _shown(kind: str, known: Mapping[str, FormField]) -> Iterator[str]:
    return (called(kind, name) for name in known)


def kind_named(said: str) -> str:
    """What somebody says that the rows are. Raises UsageError."""
    typed = fold(said.strip())
    for name in FORM_KINDS:
        if typed in (name, f"{name}s", name.replace("y", "ies")) or typed == f"{name}es":
            return name
    near = nearest(typed, FORM_KINDS)
    hint = f"did you mean “{near}”?" if near else f"known are {', '.join(FORM_KINDS)}"
    raise UsageError(f"rows cannot be “{one_line(said)}”; {hint}")


def usual_of(form: FormKind) -> Mapping[str, str]:
    """What a form says before anything is typed, and what a source is if nothing says more."""
    # In which language words are, a form shows before it is saved; here nobody might look.
    said = {key: text for key, text in form.usual.items() if key != "language"}
    return said | ({"type": "other"} if form.name == "source" else {})
