"""Frozen dataclasses that are quick to make.

The standard library writes six functions of each class as text, and compiles them whenever the
program starts. For the seventy classes that a first screen needs, this took as long as a fifth
of starting Textual. Here `__init__` alone is made so, when it is called first; the others are
the same for all classes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, cast, dataclass_transform

T = TypeVar("T")

_set = object.__setattr__


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def dataclass(
    *, frozen: Literal[True], slots: bool = False, kw_only: bool = False
) -> Callable[[type[T]], type[T]]:
    """As that of the standard library, whose `fields` and `replace` know what it makes."""
    assert frozen
    plain = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)

    def made_of(cls: type[T]) -> type[T]:
        made: Any = plain(cls)
        fields = dataclasses.fields(made)
        made.__compared__ = _getter(f for f in fields if f.compare)
        made.__hashed__ = _getter(f for f in fields if (f.compare if f.hash is None else f.hash))

        def first(self: Any, *given: Any, **named: Any) -> None:
            made.__init__ = _init_of(made, fields)
            made.__init__(self, *given, **named)

        for name, function in {"__init__": first, **_SHARED}.items():
            if name not in cls.__dict__:
                setattr(made, name, function)
        return cast("type[T]", made)

    return made_of


def _getter(fields: Iterable[dataclasses.Field[Any]]) -> Callable[[Any], Any]:
    names = [field.name for field in fields]
    return attrgetter(*names) if names else lambda _: ()


def _init_of(cls: type[Any], fields: Iterable[dataclasses.Field[Any]]) -> Callable[..., None]:
    known: dict[str, Any] = {"_set": _set, "_none": dataclasses.MISSING}
    by_place, by_name, lines = ["self"], ["*"], ["  pass\n"]
    for field in fields:
        taken = value = name = field.name
        if field.default is not dataclasses.MISSING:
            known[f"_of_{name}"] = field.default
            taken = f"{name}=_of_{name}"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_of_{name}"] = field.default_factory
            taken = f"{name}=_none"
            value = f"_of_{name}() if {name} is _none else {name}"
        (by_name if field.kw_only else by_place).append(taken)
        lines.append(f"  _set(self, {name!r}, {value})\n")
    if hasattr(cls, "__post_init__"):
        lines.append("  self.__post_init__()\n")
    given = ", ".join(by_place + (by_name if by_name[1:] else []))
    exec(f"def __init__({given}):\n{''.join(lines)}", known)  # noqa: S102
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


class _Shared:
    """What all classes have."""

    __compared__: Callable[[Any], Any]
    __hashed__: Callable[[Any], Any]

    def __setattr__(self, name: str, value: Any) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        get = self.__class__.__compared__
        return bool(get(self) == get(other))

    def __hash__(self) -> int:
        return hash(self.__class__.__hashed__(self))

    def __repr__(self) -> str:
        fields = dataclasses.fields(cast("Any", self))
        shown = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields if f.repr)
        return f"{self.__class__.__qualname__}({shown})"

    def __getstate__(self) -> list[Any]:
        return [getattr(self, field.name) for field in dataclasses.fields(cast("Any", self))]

    def __setstate__(self, state: list[Any]) -> None:
        names = _names(self.__class__)  # type: ignore[arg-type]  # a class can be hashed
        for name, value in zip(names, state, strict=True):
            _set(self, name, value)


@cache
def _names(cls: Any) -> tuple[str, ...]:
    """The fields of a class by name; records are read by the thousand."""
    return tuple(field.name for field in dataclasses.fields(cls))


_SHARED = {name: of for name, of in vars(_Shared).items() if callable(of)}
