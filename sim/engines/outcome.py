"""What came of a crisis: one row of numbers, the same from both engines."""

from typing import NamedTuple

from agents.arithmetic import larger, over
from agents.law import law
from sim.phases.drift import rival_of
from sim.state.columns import CRISIS, DYAD, GOV, SENDER, SIDE, TARGET
from sim.state.tables import Cells, State

ENDINGS = ("STALE", "CD", "DEAL", "BD")
STAGES = ("demand", "threat", "imposed")


class Outcome(NamedTuple):
    """Columns of an outcome. Times in days, support and costs in shares of the public, losses in share-of-GDP-years.

    `made`: whether the demand was made at all. `covered`: share of the target's losses that others made good.
    `target_trade`, `watcher_trade`: exports to the sender beside those at the start; `rival_trade`: exports of all
    others to rivals of it, likewise. `watcher_`: means over the others. After `stayed` of all `votes` a leader stays.
    """

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
    made: int
    opened_at: int
    most_standing: int
    joint: int
    collapsed: int
    covered: int
    target_mood: int
    watcher_mood: int
    watcher_sentiment: int
    target_trade: int
    watcher_trade: int
    rival_trade: int
    watcher_alignment: int
    target_invoiced: int
    joined: int
    votes: int
    stayed: int


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
    out[OUT.made] = 1.0 - row[crisis, CRISIS.latent]
    out[OUT.opened_at] = row[crisis, CRISIS.opened_at]
    out[OUT.most_standing] = row[crisis, CRISIS.most]
    out[OUT.joint] = row[crisis, CRISIS.joint]
    out[OUT.collapsed] = row[crisis, CRISIS.collapsed]
    covered = sides[crisis, TARGET, SIDE.covered]
    out[OUT.covered] = over(covered, covered + sides[crisis, TARGET, SIDE.lost])
    out[OUT.target_mood] = now.governments[target, GOV.mood]
    out[OUT.target_trade] = over(now.dyads[target, sender, DYAD.exports], now.dyads[target, sender, DYAD.before], 1.0)
    out[OUT.target_invoiced] = now.governments[target, GOV.invoiced]
    _write_watchers(now, sender, target, out)
    _write_rivals(now, sender, out)


@law
def _write_watchers(now: State, sender: int, target: int, out: Cells) -> None:
    """Means over all who are neither sender nor target: mood, sentiment and trade towards the sender."""
    mood, sentiment, trade, before, joined, votes, held, stayed = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    count = larger(len(now.governments) - 2.0, 1.0)
    for other in range(len(now.governments)):
        joined += now.governments[other, GOV.joined]
        held += now.governments[other, GOV.votes]
        stayed += now.governments[other, GOV.stayed]
        if other != sender and other != target:
            mood += now.governments[other, GOV.mood]
            sentiment += now.dyads[other, sender, DYAD.sentiment]
            votes += now.dyads[other, sender, DYAD.alignment]
            trade += now.dyads[other, sender, DYAD.exports]
            before += now.dyads[other, sender, DYAD.before]
    out[OUT.watcher_mood] = mood / count
    out[OUT.watcher_sentiment] = sentiment / count
    out[OUT.watcher_alignment] = votes / count
    out[OUT.watcher_trade] = over(trade, before, 1.0)
    out[OUT.joined] = joined
    out[OUT.votes], out[OUT.stayed] = held, stayed


@law
def _write_rivals(now: State, sender: int, out: Cells) -> None:
    """Exports of all others to their largest market that votes against the sender, beside those at the start."""
    trade, before = 0.0, 0.0
    for other in range(len(now.governments)):
        rival = rival_of(now, sender, other)
        if other != sender and rival >= 0:
            trade += now.dyads[other, rival, DYAD.exports]
            before += now.dyads[other, rival, DYAD.before]
    out[OUT.rival_trade] = over(trade, before, 1.0)
