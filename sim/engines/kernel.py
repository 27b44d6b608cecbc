"""The compiled engine: the same phases over many runs. All that is particular to numba is here and in `agents.law`.

A rule is compiled once into a function of two addresses (its View's row and its traits' row) and called through a
table of such functions, so that which government follows which rule is data. `_nrt=False` kernels may not allocate,
hence the scratch states are made beforehand, one pair for each thread.
"""

import threading
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import cfunc, types
from numba.core import cgutils
from numba.core.errors import NumbaError
from numba.extending import intrinsic

from agents import combine
from agents.law import compiled_twin, kernel, law, make_ready
from agents.library import Library
from agents.rule import MOST_TRAITS, Rule
from sim.engines.compiled_table import POINTER, address_of, call, call_expression, copy
from sim.engines.outcome import write_outcome
from sim.laws.expression import DEEPEST, SIZE, evaluate
from sim.phases.schedule import commit, play_round
from sim.state.chance import draw_types
from sim.state.columns import ANSWER_TRAITS, PRESS_TRAITS, STANCE_TRAITS, VIEW
from sim.state.rule_calls import Tables, ask_answer, ask_expression, ask_press, ask_stance
from sim.state.tables import intervene

_SIGNATURE = types.float64(POINTER, POINTER)
_compiled: dict[tuple[Any, ...], Any] = {}
_lock = threading.Lock()
EVALUATOR = ("the interpreter of expressions",)


def tables_for(library: Library, used: dict[str, set[int]]) -> Tables:
    """Addresses of the compiled rules and of the interpreter, zero for those that no run uses.

    Args:
        library: The rules there are. used: For each family, the numbers of the rules that some run asks.
    """
    rows = {}
    for family in ("answer", "press", "stance"):
        rules = library.family(family)
        addresses = [_address(rule) if place in used[family] else 0 for place, rule in enumerate(rules)]
        rows[family] = np.array([*addresses, 0], dtype=np.int64)
    rows["expression"] = np.array([_evaluator() if used.get("expression") else 0], dtype=np.int64)
    return Tables(**rows)


class NotCompiledError(Exception):
    """A rule that numba does not take; it still runs in Mesa."""

    def __init__(self, rule: Rule, reason: str) -> None:
        super().__init__(f"{rule.path.name}: rule `{rule.name}`: {reason}")


def _address(rule: Rule) -> int:
    key = (rule.family.name, rule.name, rule.function)
    with _lock:
        if key not in _compiled:
            try:
                _compiled[key] = cfunc(_SIGNATURE)(_body(rule))
            except NumbaError as error:
                raise NotCompiledError(rule, str(error).strip().split("\n")[0]) from error
        return int(_compiled[key].address)


def _evaluator() -> int:
    """Address of the compiled interpreter of expressions: View, program, the rule's answer -> a number."""
    with _lock:
        if EVALUATOR not in _compiled:
            make_ready()

            def body(view, program, answer):  # type: ignore[no-untyped-def]
                stack = np.empty(DEEPEST)
                return evaluate(numba.carray(program, (SIZE,)), numba.carray(view, (len(VIEW),)), answer, stack)

            _compiled[EVALUATOR] = cfunc(types.float64(POINTER, POINTER, types.float64))(body)
        return int(_compiled[EVALUATOR].address)


def _body(rule: Rule) -> Callable[..., float]:
    """The rule as a function of two addresses. NaN stands for an error: a compiled callback cannot raise."""
    load_view, load_traits = _loader(rule.family.view), _loader(None, MOST_TRAITS[rule.family.name])
    function, count, total, nan = law(rule.function), len(rule.traits), combine.total, np.nan
    how: Any = rule.how

    def plain(view, traits):  # type: ignore[no-untyped-def]
        return float(function(load_view(view), *load_traits(traits)[:count]))

    def reasoned(view, traits):  # type: ignore[no-untyped-def]
        seen = load_view(view)
        return how(total(function(seen, *load_traits(traits)[:count])), seen)

    decide: Any = law(plain if how is None else reasoned)
    make_ready()

    def body(view, traits):  # type: ignore[no-untyped-def]
        try:
            return decide(view, traits)
        except Exception:
            return nan

    return body


def _loader(view: type | None, traits: int = 0) -> Any:
    """An intrinsic that reads a View (or a plain tuple of traits) from an address, field by field."""
    if view is None:
        shape = types.UniTuple(types.float64, traits)
    else:
        shape = numba.typeof(view(*([0.0] * len(view._fields))))  # type: ignore[attr-defined]

    @intrinsic
    def load(typing_context, pointer):  # type: ignore[no-untyped-def]
        def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            fields = [builder.load(cgutils.gep(builder, arguments[0], place)) for place in range(len(shape))]
            return context.make_tuple(builder, shape, fields)

        return shape(POINTER), code

    return load


@compiled_twin(commit)
def _commit(now, new, start, end):  # type: ignore[no-untyped-def]
    def commit_cells(now, new, start, end):  # type: ignore[no-untyped-def]
        copy(address_of(now.cells, start), address_of(new.cells, start), end - start)

    return commit_cells


@compiled_twin(ask_answer)
def _answer(rules, rule, sides, crisis, side):  # type: ignore[no-untyped-def]
    def ask(rules, rule, sides, crisis, side):  # type: ignore[no-untyped-def]
        row = (crisis * 2 + side) * sides.shape[2]
        return call(rules[rule], address_of(sides, row), address_of(sides, row + ANSWER_TRAITS))

    return ask


@compiled_twin(ask_expression)
def _expression(worker, programs, sides, crisis, side, answer):  # type: ignore[no-untyped-def]
    def ask(worker, programs, sides, crisis, side, answer):  # type: ignore[no-untyped-def]
        view = address_of(sides, (crisis * 2 + side) * sides.shape[2])
        program = address_of(programs, (crisis * 2 + side) * programs.shape[2])
        return call_expression(worker[0], view, program, answer)

    return ask


@compiled_twin(ask_press)
def _press(rules, rule, measures, measure, sides, crisis, side):  # type: ignore[no-untyped-def]
    def ask(rules, rule, measures, measure, sides, crisis, side):  # type: ignore[no-untyped-def]
        row = (crisis * 2 + side) * sides.shape[2]
        seen = address_of(measures, measure * measures.shape[1])
        return call(rules[rule], seen, address_of(sides, row + PRESS_TRAITS))

    return ask


@compiled_twin(ask_stance)
def _stance(rules, rule, stances, crisis, government):  # type: ignore[no-untyped-def]
    def ask(rules, rule, stances, crisis, government):  # type: ignore[no-untyped-def]
        row = (crisis * stances.shape[1] + government) * stances.shape[2]
        return call(rules[rule], address_of(stances, row), address_of(stances, row + STANCE_TRAITS))

    return ask


def _simulate(template, times, now, new, rules, cells, values, at, seed, runs, out, failed, cursor):  # type: ignore[no-untyped-def]
    """Run after run from the template. See `sim.engines.ensemble` for the arguments; `cursor` tells where it got to."""
    for row in range(cursor[0], len(runs)):
        cursor[0] = row
        for cell in range(len(template)):
            now.cells[cell] = template[cell]
        for place in range(len(cells)):
            now.cells[cells[place]] = values[row, place]
        commit(new, now, 0, len(template))
        draw_types(now, new, seed, runs[row])
        for step in range(len(times) - 1):
            intervene(now, new, at, step)
            play_round(now, new, rules, seed, runs[row], times[step], times[step + 1])
            if now.status[0] != 0.0:
                break
        failed[row, 0] = now.status[0]
        failed[row, 1] = now.status[1]
        for crisis in range(len(now.crises)):
            write_outcome(now, crisis, out[row, crisis])
    cursor[0] = len(runs)


@law
def _keep(history: Any, row: int, now: Any) -> None:
    """Copy the state into a row of the history."""
    for cell in range(len(now.cells)):
        history[row, cell] = now.cells[cell]


def _trace(times, now, new, rules, at, seed, run, history):  # type: ignore[no-untyped-def]
    """One run, keeping the whole state after every round (row 0 is the start)."""
    draw_types(now, new, seed, run)
    _keep(history, 0, now)
    for step in range(len(times) - 1):
        intervene(now, new, at, step)
        play_round(now, new, rules, seed, run, times[step], times[step + 1])
        _keep(history, step + 1, now)


_kernels: dict[str, Any] = {}


def simulate() -> Any:
    """The compiled loop over runs."""
    return _kernel("simulate", _simulate)


def trace() -> Any:
    """The compiled single run that keeps its history."""
    return _kernel("trace", _trace)


def _kernel(name: str, function: Any) -> Any:
    with _lock:
        if name not in _kernels:
            _kernels[name] = kernel(function)
        return _kernels[name]
