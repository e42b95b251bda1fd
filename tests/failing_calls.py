"""Calls to the system that fail when they are meant to."""

import os
from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Failing(Generic[P, R]):
    """Makes a function of `os` fail from its nth call on, or in that call alone."""

    def __init__(
        self, call: Callable[P, R], nth: int, code: int, *, lasting: bool, late: bool
    ) -> None:
        self.call, self.nth, self.code = call, nth, code
        self.lasting, self.late = lasting, late
        self.calls = 0

    def __call__(self, *args: P.args, **options: P.kwargs) -> R:
        self.calls += 1
        fails = self.calls > self.nth if self.lasting else self.calls == self.nth + 1
        if not fails:
            return self.call(*args, **options)
        if self.late:
            self.call(*args, **options)
        raise OSError(self.code, os.strerror(self.code))
