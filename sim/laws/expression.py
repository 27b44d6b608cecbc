"""What a person's own line makes of a rule's answer: one interpreter for all programs, the same in both engines.

A program is data: a length, then pairs of an operation and a number, in postfix order. There is no loop, no call and
no memory in it beyond one small stack, so it ends after as many steps as it has. `sim.run.expressions` makes programs.
"""

import math
from typing import Any, NamedTuple

from agents.arithmetic import larger, smaller
from agents.law import law


class Operations(NamedTuple):
    """Numbers of the operations."""

    number: int
    name: int
    answer: int
    add: int
    subtract: int
    multiply: int
    divide: int
    less: int
    less_equal: int
    greater: int
    greater_equal: int
    equal: int
    unequal: int
    both: int
    either: int
    min: int
    max: int
    negative: int
    abs: int
    opposite: int
    choose: int


DO = Operations(*range(len(Operations._fields)))
MOST_STEPS, DEEPEST = 64, 16
"""Steps of a program, and the numbers it may hold at once."""
SIZE = 1 + 2 * MOST_STEPS
"""Numbers a program takes in the state; the first is its length, 0 where there is none."""


@law
def evaluate(program: Any, view: Any, answer: float, stack: Any) -> float:
    """The value of a program; NaN where something undefined decided it.

    Args:
        program: SIZE numbers. view: Whatever gives the fields of a View by number. answer: What the rule said.
        stack: Room for DEEPEST numbers.
    """
    top = -1
    for step in range(int(program[0])):
        code, value = int(program[1 + 2 * step]), program[2 + 2 * step]
        if code <= DO.answer:
            top += 1
            stack[top] = value if code == DO.number else answer if code == DO.answer else view[int(value)]
        elif code >= DO.choose:
            top -= 2
            stack[top] = chosen(stack[top], stack[top + 1], stack[top + 2])
        elif code >= DO.negative:
            stack[top] = of_one(code, stack[top])
        else:
            top -= 1
            stack[top] = of_two(code, stack[top], stack[top + 1])
    return float(stack[0])


@law
def of_one(code: int, a: float) -> float:
    """A sign turned, its absolute value, or `not`."""
    if code == DO.negative:
        return -a
    if code == DO.abs:
        return abs(a)
    return math.nan if math.isnan(a) else truth(a == 0.0)


@law
def of_two(code: int, a: float, b: float) -> float:
    """Two numbers joined. `and` and `or` look no further than they must, so that a guard protects a division."""
    if code == DO.both and a == 0.0:
        return 0.0
    if code == DO.either and a != 0.0 and not math.isnan(a):
        return 1.0
    if math.isnan(a) or math.isnan(b):
        return math.nan
    if code >= DO.both:
        return larger(a, b) if code == DO.max else smaller(a, b) if code == DO.min else truth(b != 0.0)
    return arithmetic(code, a, b) if code <= DO.divide else compared(code, a, b)


@law
def arithmetic(code: int, a: float, b: float) -> float:
    """+, -, * and /; a division by zero is NaN."""
    if code == DO.add:
        return a + b
    if code == DO.subtract:
        return a - b
    if code == DO.multiply:
        return a * b
    return a / b if b != 0.0 else math.nan


@law
def compared(code: int, a: float, b: float) -> float:
    """1 where a comparison holds, else 0."""
    if code == DO.less:
        return truth(a < b)
    if code == DO.less_equal:
        return truth(a <= b)
    if code == DO.greater:
        return truth(a > b)
    if code == DO.greater_equal:
        return truth(a >= b)
    return truth(a == b) if code == DO.equal else truth(a != b)


@law
def chosen(yes: float, condition: float, no: float) -> float:
    """`yes if condition else no`; what is not chosen does not count, not even when it is undefined."""
    if math.isnan(condition):
        return math.nan
    return yes if condition != 0.0 else no


@law
def truth(holds: bool) -> float:
    """1 or 0."""
    return 1.0 if holds else 0.0
