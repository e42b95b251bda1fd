"""What is measured of one program, each time from its start to its end."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise

from program import DOWN, PATIENCE, QUIET, UP, Answer, Program

Measures = dict[str, list[float]]
"""The values of one round by name: times in ms, written in KB, memory in MB, busy in s."""

KEYS = ((DOWN,) * 10 + (UP,) * 10) * 2
CALM = 0.25
"""Seconds after which all that a start or a command leaves for later is taken to be done."""
LONG_CALM = 1.0
"""The same where just that is measured."""
IDLE = 3.0
"""Seconds of watching it do nothing."""
SOON, APART = 0.005, 0.05
"""Seconds of quiet when a key is to follow at once, and between two such keys."""
TO_START = b"\x15"
"""Ctrl+U, which deletes what was typed."""


@dataclass(frozen=True)
class Subject:
    """A program to measure, how to tell that it is ready, and how to make it end."""

    command: Sequence[str]
    environment: Mapping[str, str]
    ready: re.Pattern[str]
    quit: bytes
    size: tuple[int, int]
    press: Sequence[bytes] = ()
    """Keys pressed, untimed, before the timed ones."""
    has_cursor: bool = True
    """Whether there is something there that cursor keys move."""
    patience: float = PATIENCE
    """Seconds it has to get ready."""


@contextmanager
def running(subject: Subject) -> Iterator[Program]:
    """The program, started; it is let go of at the end."""
    with closing(Program(subject.command, subject.environment, subject.size)) as program:
        yield program


@contextmanager
def at_rest(subject: Subject) -> Iterator[Program]:
    """The program, started, ready and calm."""
    with running(subject) as program:
        _wait(program, subject)
        program.calm_down(CALM)
        for key in subject.press:
            program.press(key, calm=CALM)
        yield program


def measure_start(subject: Subject) -> Measures:
    """Start it and end it."""
    with running(subject) as program:
        ready = _wait(program, subject)
        cpu = program.cpu_time()
        waits = [after - before for before, after in pairwise([program.started, *program.changes])]
        program.listen(0.3, at_most=5.0)
        memory = program.peak_memory()
        left = program.quit(subject.quit)
    return {
        "first paint": [1000 * ((program.first_paint or ready) - program.started)],
        "ready": [1000 * (ready - program.started)],
        "cpu until ready": [1000 * cpu],
        "unchanged": [1000 * max(waits)],
        "start memory": [memory],
        "exit": [1000 * left],
    }


def measure_keys(subject: Subject, panes: Sequence[str], jump: bytes = b"") -> Measures:
    """Press cursor keys in a pane; what comes of it is entered for each of these."""
    with at_rest(subject) as program:
        if jump:
            program.press(jump, calm=CALM)
        answers = [_press_at_rest(program, key, QUIET) for key in KEYS]
        memory = program.peak_memory()
        program.quit(subject.quit)
    measures: Measures = {"memory": [memory]}
    for pane in panes:
        measures |= _values(f"{pane}: ", answers)
    return measures


def measure_idle(subject: Subject) -> Measures:
    """Let it rest."""
    with at_rest(subject) as program:
        began, cpu, written = time.perf_counter(), program.cpu_time(), program.written
        program.listen(IDLE, at_most=IDLE)
        cpu, elapsed = program.cpu_time() - cpu, time.perf_counter() - began
        written = program.written - written
        program.quit(subject.quit)
    return {"idle cpu": [100 * cpu / elapsed], "idle bytes": [written]}


def measure_commands(subject: Subject, commands: Sequence[tuple[str, bytes]]) -> Measures:
    """Give commands one after another, each when all that the one before brought is over."""
    measures: Measures = {}
    with at_rest(subject) as program:
        for name, key in commands:
            measures |= _values(f"{name}: ", [_press_at_rest(program, key, CALM)])
        program.quit(subject.quit)
    return measures


def measure_typing(subject: Subject, opening: bytes, words: Sequence[str]) -> Measures:
    """Type words into what a key opens, letter by letter, taking each off again."""
    answers: list[Answer] = []
    with at_rest(subject) as program:
        program.press(opening, calm=CALM)
        for word in words:
            letters = [letter.encode() for letter in word]
            answers += [_press_at_rest(program, one, CALM) for one in letters]
            program.press(TO_START, calm=CALM)
    first, *others = answers
    return {**_values("first letter: ", [first]), **_values("letter: ", others)}


def measure_busy(subject: Subject) -> Measures:
    """What it still does once it is ready, in seconds of CPU."""
    with running(subject) as program:
        _wait(program, subject, SOON)
        cpu = program.cpu_time()
        program.calm_down(LONG_CALM)
        busy = program.cpu_time() - cpu
        program.quit(subject.quit)
    return {"busy": [busy]}


def measure_waits(subject: Subject, seconds: float) -> Measures:
    """How long keys wait that are pressed as soon as it is ready, for so many seconds."""
    waits: list[float] = []
    with running(subject) as program:
        ready = _wait(program, subject, SOON)
        while time.perf_counter() < ready + seconds:
            waits.append(program.press(UP if len(waits) % 2 else DOWN, quiet=SOON).first)
            program.listen(APART, at_most=APART)
        program.calm_down(CALM)
        program.quit(subject.quit)
    return {"longest wait": [1000 * max(waits)]}


def _wait(program: Program, subject: Subject, quiet: float = QUIET) -> float:
    return program.wait_for(subject.ready, quiet, subject.patience)


def _press_at_rest(program: Program, key: bytes, calm: float) -> Answer:
    # Else we might keep step with a 60 Hz timer.
    program.listen(wait := random.uniform(0, 1 / 60), at_most=wait)
    return program.press(key, calm=calm)


def _values(prefix: str, answers: Sequence[Answer]) -> Measures:
    """What is known of answers, by the names that the table uses."""
    scale = {"first": 1000, "last": 1000, "cpu": 1000, "written": 1 / 1000, "repaints": 1}
    return {
        f"{prefix}{name}": [asdict(answer)[name] * times for answer in answers]
        for name, times in scale.items()
    }
