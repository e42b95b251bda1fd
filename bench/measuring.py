"""What is measured of a program, and in which order."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from program import QUIET, Program

Measures = dict[str, list[float]]
"""The values of one round by name: times in ms, memory in MB, CPU in per cent of a core."""

KEYS = (b"\x1b[B", b"\x1b[A") * 20
"""Down and up in turn, so that a list of any length answers each."""
IDLE = 3.0
"""Seconds of watching it do nothing."""


@dataclass(frozen=True)
class Subject:
    """A program to measure, how to tell that it is ready, and how to make it end."""

    command: Sequence[str]
    environment: dict[str, str]
    ready: re.Pattern[str]
    quit: bytes
    press: bytes = b""
    """Keys pressed, untimed, before the timed ones: which pane to measure, say."""


def measure_start(subject: Subject, size: tuple[int, int]) -> Measures:
    """Start it and end it."""
    with closing(Program(subject.command, subject.environment, size)) as program:
        ready = program.wait_for(subject.ready)
        program.listen(0.3, at_most=5.0)
        memory = program.peak_memory()
        program.quit(subject.quit)
    return {
        "first paint": [1000 * ((program.first_paint or ready) - program.started)],
        "ready": [1000 * (ready - program.started)],
        "start memory": [memory],
    }


def measure_use(subject: Subject, size: tuple[int, int]) -> Measures:
    """Press keys, let it rest, end it."""
    with closing(Program(subject.command, subject.environment, size)) as program:
        program.wait_for(subject.ready)
        program.listen(1.0, at_most=5.0)  # what a start leaves for later is no key's cost
        if subject.press:
            program.press(subject.press)
        answers = [_press_at_rest(program, key) for key in KEYS]
        memory = program.peak_memory()
        program.listen(0.5, at_most=5.0)
        began, cpu, written = time.perf_counter(), program.cpu_time(), program.written
        program.listen(IDLE, at_most=IDLE)
        cpu, elapsed = program.cpu_time() - cpu, time.perf_counter() - began
        return {
            "key first": [1000 * first for first, _ in answers],
            "key settled": [1000 * last for _, last in answers],
            "memory": [memory],
            "idle cpu": [100 * cpu / elapsed],
            "idle bytes": [program.written - written],
            "exit": [1000 * program.quit(subject.quit)],
        }


def _press_at_rest(program: Program, key: bytes) -> tuple[float, float]:
    program.listen(QUIET, at_most=1.0)
    time.sleep(random.uniform(0, 1 / 60))  # else we might keep step with a 60 Hz timer
    return program.press(key)
