"""The laws at their limits, and exact scaling with time: two short rounds are one long one."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.laws import bargaining, contagion, economy, politics

DAYS = st.floats(0.01, 400.0)
SHARES = st.floats(0.0, 1.0)


@given(half_life=DAYS, one=DAYS, two=DAYS)
def test_what_is_kept_over_two_rounds_is_what_is_kept_over_both(half_life: float, one: float, two: float) -> None:
    whole, parts = politics.kept(half_life, one + two), politics.kept(half_life, one) * politics.kept(half_life, two)
    assert math.isclose(whole, parts, rel_tol=1e-9, abs_tol=1e-280)


@given(value=SHARES, goal=SHARES, half_life=DAYS, one=DAYS, two=DAYS)
def test_two_short_ways_are_one_long_way(value: float, goal: float, half_life: float, one: float, two: float) -> None:
    halfway = politics.towards(value, goal, politics.kept(half_life, one))
    there = politics.towards(halfway, goal, politics.kept(half_life, two))
    assert math.isclose(there, politics.towards(value, goal, politics.kept(half_life, one + two)), abs_tol=1e-12)


@given(sd=SHARES, persistence=st.floats(0.01, 0.999), one=DAYS, two=DAYS)
def test_chance_has_the_same_spread_however_rounds_are_cut(
    sd: float, persistence: float, one: float, two: float
) -> None:
    """Variances add up, the first one faded by the time of the second; a quarter has the spread that was measured."""
    faded = persistence ** (two / politics.QUARTER)
    parts = [politics.shock_scale(sd, persistence, days) for days in (one, two, one + two)]
    assert math.isclose(math.hypot(parts[0] * faded, parts[1]), parts[2], rel_tol=1e-6, abs_tol=1e-12)
    assert math.isclose(politics.shock_scale(sd, persistence, politics.QUARTER), sd, rel_tol=1e-6, abs_tol=1e-12)


@given(stand=SHARES, half_time=DAYS, one=DAYS, two=DAYS)
def test_a_stand_hardens_alike_in_short_and_long_rounds(stand: float, half_time: float, one: float, two: float) -> None:
    parts = politics.hardened(politics.hardened(stand, half_time, one), half_time, two)
    assert math.isclose(parts, politics.hardened(stand, half_time, one + two), abs_tol=1e-12)


@pytest.mark.parametrize(("days", "latency"), [(0.5, 0.25), (1.0, 0.5), (0.04, 0.06)])
def test_two_short_rounds_bring_as_many_messages_as_one_long(days: float, latency: float) -> None:
    draws = (np.arange(4000) + 0.5) / 4000
    mean = np.mean([bargaining.messages(float(luck), days, latency, 12.0) for luck in draws])
    assert math.isclose(mean, days / latency, rel_tol=0.01)


@given(a=SHARES, b=SHARES)
@example(1.0, 1.0)
def test_losses_stack_without_passing_everything(a: float, b: float) -> None:
    both = economy.stacked(a, b)
    assert max(a, b) - 1e-12 <= both <= 1.0
    assert both == pytest.approx(economy.stacked(b, a), abs=1e-15)
    assert economy.stacked(a, 0.0) == pytest.approx(a, abs=1e-15)


@given(exports=SHARES, tariff=st.floats(0.0, 10.0), elasticity=st.floats(0.0, 20.0), passed=SHARES, added=SHARES)
def test_a_tariff_costs_something_between_nothing_and_all_exports(
    exports: float, tariff: float, elasticity: float, passed: float, added: float
) -> None:
    law = economy.tariff_loss
    assert law(exports, 0.0, elasticity, passed, added) == 0.0
    assert law(0.0, tariff, elasticity, passed, added) == 0.0
    loss = law(exports, tariff, elasticity, passed, added)
    assert -1e-12 <= loss <= exports * added + 1e-12
    assert law(exports, tariff + 1.0, elasticity, passed, added) >= loss - 1e-12


@given(loss=SHARES, half_point=st.floats(0.001, 1.0))
def test_strain_is_a_half_at_its_half_point(loss: float, half_point: float) -> None:
    assert economy.strain(0.0, half_point) == 0.0
    assert economy.strain(half_point, half_point) == pytest.approx(0.5)
    assert 0.0 <= economy.strain(loss, half_point) <= 1.0


@given(mine=st.floats(-5, 5), theirs=st.floats(-5, 5))
def test_alignment_is_mutual_and_whole_with_oneself(mine: float, theirs: float) -> None:
    assert contagion.alignment(mine, mine) == 1.0
    assert contagion.alignment(mine, theirs) == contagion.alignment(theirs, mine)
    assert -1.0 <= contagion.alignment(mine, theirs) <= 1.0


@given(position=SHARES, reciprocity=st.floats(0.0, 5.0))
def test_every_settlement_has_one_name(position: float, reciprocity: float) -> None:
    assert bargaining.ending(position, reciprocity, 0.1, 0.1, 0.5) in (1.0, 2.0, 3.0)


@given(view=st.data())
def test_nothing_asked_of_an_audience_costs_nothing(view: Any) -> None:
    numbers = [view.draw(SHARES) for _ in range(5)]
    assert politics.audience_cost(*numbers, 0.0) == 0.0
    assert 0.0 <= politics.audience_cost(*numbers, 1.0) <= numbers[0]
