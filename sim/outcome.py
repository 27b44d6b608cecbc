"""What came of a crisis: one row of numbers, the same from both engines."""

from typing import NamedTuple

from agents.law import law
from sim.columns import CRISIS, DYAD, GOV, SENDER, SIDE, TARGET
from sim.state import Cells, State

ENDINGS = ("STALE", "CD", "DEAL", "BD")
STAGES = ("demand", "threat", "imposed")


class Outcome(NamedTuple):
    """Columns of an outcome. Times in days, support and costs in shares of the public, losses in share-of-GDP-years."""

    ending: int
    stage: int
    settled: int
    settled_at: int
    position: int
    reciprocity: int
    won: int
    granted: int
    tariff_in_force: int
    first_answer: int
    sender_support: int
    target_support: int
    sender_elite: int
    target_elite: int
    sender_lost: int
    target_lost: int
    target_audience: int
    sentiment: int
    backing: int
    second_rounds: int


OUT: Outcome = Outcome(*range(len(Outcome._fields)))


@law
def write_outcome(now: State, crisis: int, out: Cells) -> None:
    """Write the outcome of a crisis: its first settlement, and how often it was disputed again.

    `granted` is a number whose bits are the clauses granted, in the file's order.
    """
    row, sides = now.crises, now.sides
    sender, target = int(row[crisis, CRISIS.sender]), int(row[crisis, CRISIS.target])
    settled = row[crisis, CRISIS.first_at] > 0.0
    out[OUT.ending] = row[crisis, CRISIS.first_ending]
    out[OUT.stage] = row[crisis, CRISIS.first_stage if settled else CRISIS.stage]
    out[OUT.settled] = 1.0 if settled else 0.0
    out[OUT.settled_at] = row[crisis, CRISIS.first_at]
    out[OUT.position] = row[crisis, CRISIS.first_position]
    out[OUT.reciprocity] = row[crisis, CRISIS.first_reciprocity]
    out[OUT.won] = row[crisis, CRISIS.first_won]
    out[OUT.granted] = row[crisis, CRISIS.first_granted]
    out[OUT.tariff_in_force] = row[crisis, CRISIS.first_tariff if settled else CRISIS.tariff_in_force]
    out[OUT.second_rounds] = row[crisis, CRISIS.second_rounds]
    out[OUT.first_answer] = sides[crisis, TARGET, SIDE.first_answer]
    out[OUT.sender_support] = now.governments[sender, GOV.support]
    out[OUT.target_support] = now.governments[target, GOV.support]
    out[OUT.sender_elite] = now.governments[sender, GOV.elite]
    out[OUT.target_elite] = now.governments[target, GOV.elite]
    out[OUT.sender_lost] = sides[crisis, SENDER, SIDE.lost]
    out[OUT.target_lost] = sides[crisis, TARGET, SIDE.lost]
    out[OUT.target_audience] = sides[crisis, TARGET, SIDE.audience]
    out[OUT.sentiment] = now.dyads[target, sender, DYAD.sentiment]
    out[OUT.backing] = row[crisis, CRISIS.backing]
