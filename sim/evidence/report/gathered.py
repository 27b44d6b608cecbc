"""All that the page reports, run part by part."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.evidence.episodes.episode_file import read_episodes
from sim.evidence.episodes.hindcast import Held, hold_episodes
from sim.evidence.expectations.ablation import Earned, Needed, on_cases, on_flagship
from sim.evidence.expectations.case_contrasts import Compared, judge_contrasts
from sim.evidence.expectations.claim_file import read_claims
from sim.evidence.expectations.claims import Found, judge_claims
from sim.evidence.expectations.transfer import Cost, transfer
from sim.evidence.ties.cases.ties_table import Table
from sim.evidence.ties.validate import Evidence, hold_against
from sim.evidence.ties.weight_sets import WeightSet, read_set

WEIGHTS = "ties_1945_1997"


@dataclass(frozen=True)
class Gathered:
    """The parts. Those that need a table of cases are None where none was given."""

    runs: int
    seed: int
    seeds: int
    weights: WeightSet
    cases: Evidence | None
    uncosted: Evidence | None
    earned: list[Earned] | None
    held: Held
    rows: list[Compared]
    claims: list[Found]
    needed: list[Needed]
    costs: list[Cost]


def gather(table: Table | None, runs: int, seed: int, seeds: int, tell: Callable[[str], None]) -> Gathered:
    """Run everything.

    Args:
        table: Cases of TIES, or None. runs: Of each world; a fifth where mechanisms are switched off one by one.
        seed: Of everything. seeds: In how many of them the calibrated set meets the flagship. tell: Hears what begins.
    """
    given = read_set(WEIGHTS)
    cases = uncosted = earned = None
    if table is not None:
        tell("cases of TIES")
        cases = hold_against(table, None, None, seed)
        tell("the same without cost codes")
        uncosted = hold_against(table, None, None, seed, cost_codes=False)
        tell("cases, one mechanism away at a time")
        earned = on_cases(table, seed)
    tell("episodes")
    held = hold_episodes(read_episodes("episodes"), given, seed)
    tell("scenarios told apart")
    rows = judge_contrasts(runs, seed)
    tell("claims of the literature")
    claims = list(judge_claims(read_claims("claims"), runs, seed))
    tell("the flagship, one mechanism off at a time")
    needed = on_flagship(max(runs // 5, 2), seed)
    tell("the calibrated set in the flagship")
    costs = transfer(given.numbers(), runs, seeds)
    return Gathered(runs, seed, seeds, given, cases, uncosted, earned, held, rows, claims, needed, costs)
