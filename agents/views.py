"""The vocabulary: what a rule may know. Three Views, one for each family of rules, all read-only.

Losses are shares of annual GDP as a rate per year, times are days, and everything a government weighs at home is a
share of the public: 0.16 is 16 support points. A View holds plain numbers, so any stored decision can be asked again.
"""

from typing import Annotated, NamedTuple

from agents.numbers import assumed
from agents.units import Count, Days, LossRate, Points, Score, Share, SignedDays, SignedPoints

PAIN: float = 6.0
"""Support a government would give up to be spared a loss of its whole GDP for a year: 6 points for 1 percent.

The public alone reacts with 0.6 (17 Latin American states 2000-14: 0.15 points a quarter for each percentage point of
growth), the low end of the range.
"""
PAIN_RANGE = assumed(
    0.6, 30.0, "A government adds its budget, jobs and business wing to the public's loss; no study measures how much."
)


class View(NamedTuple):
    """What a government knows when it answers a demand, as sender or as target. Read by answer rules."""

    dt: Annotated[Days, "length of this round"] = 1 / 24
    elapsed: Annotated[Days, "time since the demand was made"] = 0.0
    days_left: Annotated[
        Days, "time until the other side's next measure falls due; `no_date` where none is announced"
    ] = 7.0
    election: Annotated[Days, "time until the next election at home"] = 500.0
    pressure: Annotated[LossRate, "losses from measures in force: against us, and what our own cost us"] = 0.0
    threat: Annotated[LossRate, "further losses from measures announced, by them and by us, and not yet in force"] = 0.0
    anticipation: Annotated[LossRate, "losses already caused by waiting for them: orders, credit, exchange rate"] = 0.0
    belief: Annotated[Share, "probability we give to the announced measures being carried out"] = 0.5
    relief: Annotated[LossRate, "support offered from outside"] = 0.0
    strain: Annotated[Share, "losses in force and expected, on a scale from 0 to 1; a half at the half point"] = 0.0
    other_loss: Annotated[LossRate, "losses of the other side from our measures and from its own"] = 0.0
    other_threat: Annotated[LossRate, "its further losses from measures announced and not yet in force"] = 0.0
    give_cost: Annotated[Points, "what meeting the other side's present line would cost us"] = 0.03
    full_cost: Annotated[Points, "what giving everything would cost us"] = 0.05
    forbidden: Annotated[Points, "the part of that cost that is what law or principle forbids"] = 0.0
    gain: Annotated[Points, "what a settlement on our own terms would be worth"] = 0.0
    fading: Annotated[Share, "share of that worth that is lost with each day"] = 0.0
    shadow: Annotated[Points, "expected cost of further demands if we give way now"] = 0.0
    support: Annotated[Share, "share of the public behind the government"] = 0.4
    usual: Annotated[Share, "level that support returns to"] = 0.4
    before: Annotated[Share, "support when the crisis began"] = 0.4
    survival: Annotated[Share, "support needed to stay in office"] = 0.2
    elite: Annotated[Share, "business, banks and officials behind the government"] = 0.4
    elite_usual: Annotated[Share, "level that elite support returns to"] = 0.4
    coalition: Annotated[Share, "share of the selectorate the government needs"] = 0.7
    mood: Annotated[Share, "share of the public that wants defiance"] = 0.3
    polity: Annotated[Share, "democracy, 0 to 1"] = 0.7
    rally: Annotated[SignedPoints, "support gained from closing ranks, decaying"] = 0.0
    defiance: Annotated[Share, "how much the leader values being seen to stand firm"] = 0.5
    salience: Annotated[Share, "how much the issue matters at home"] = 0.5
    publicity: Annotated[Share, "how much of the dispute is fought in public"] = 0.5
    stand: Annotated[Share, "how firmly we have said in public that we will not move"] = 0.5
    private: Annotated[Share, "1 when a private channel is open, else 0"] = 0.0
    latency: Annotated[Days, "time a message takes on the channel in use"] = 0.1
    given: Annotated[Share, "share of what we could give that is on the table"] = 0.0
    given_before: Annotated[Share, "the same a round earlier"] = 0.0
    other_given: Annotated[Share, "share of what the other side could give that is on the table"] = 0.0
    other_before: Annotated[Share, "the same a round earlier"] = 0.0
    other_record: Annotated[Share, "how often the other side has done what it announced"] = 0.5
    other_line: Annotated[Share, "share of the demand that would settle it now, in what we would give"] = 1.0
    other_line_sd: Annotated[Share, "how uncertain it is what the other side will give in the end"] = 0.0
    silence: Annotated[Days, "time since the other side moved, or since the demand was made"] = 0.0
    other_moves: Annotated[Share, "belief that the other side will move at all, less with each day it does not"] = 1.0
    other_give_cost: Annotated[Points, "what meeting our line would cost the other side, as we believe"] = 0.05
    backing: Annotated[Score, "third parties with us (1) or with the other side (-1)"] = 0.0
    peers_gave: Annotated[Share, "share of governments like us that gave way to such a demand"] = 0.0
    peers: Annotated[Count, "number of governments like us that faced such a demand"] = 0.0
    worth_give: Annotated[SignedPoints, "remembered worth of having given way"] = 0.0
    worth_hold: Annotated[SignedPoints, "remembered worth of having held"] = 0.0
    luck: Annotated[Share, "chance of this round, evenly spread"] = 0.5
    temper: Annotated[Share, "private type in this crisis, evenly spread, the same from its first hour to its last"] = (
        0.5
    )
    outlook: Annotated[Share, "a second private type, evenly spread: how surely it expects the other side to move"] = (
        0.5
    )


class PressView(NamedTuple):
    """What a government knows when it decides about one of its own measures. Read by press rules."""

    dt: Annotated[Days, "length of this round"] = 1 / 24
    elapsed: Annotated[Days, "time since the demand was made"] = 0.0
    due_in: Annotated[SignedDays, "time until the measure falls due; negative once it is overdue"] = 7.0
    in_force: Annotated[Share, "1 when the measure is in force, else 0"] = 0.0
    raises: Annotated[Share, "1 when the measure is a higher tier of another, else 0"] = 0.0
    counter: Annotated[Share, "1 when the measure answers the other side's, else 0"] = 0.0
    loss: Annotated[LossRate, "what it costs the other side while in force"] = 0.0
    own_loss: Annotated[LossRate, "what it costs us while in force"] = 0.0
    other_pressure: Annotated[LossRate, "losses from the other side's measures in force against us"] = 0.0
    other_raised: Annotated[Share, "1 when the other side put a measure in force since the round before, else 0"] = 0.0
    worth: Annotated[Points, "what the demand is still worth to us"] = 0.05
    record: Annotated[Share, "how often we have done what we announced"] = 0.5
    record_cost: Annotated[Points, "what not carrying it out would cost our record"] = 0.01
    given: Annotated[Share, "share of what we could give that is on the table"] = 0.0
    other_given: Annotated[Share, "share of what the other side could give that is on the table"] = 0.0
    other_before: Annotated[Share, "the same a round earlier"] = 0.0
    since_moved: Annotated[Days, "time since the other side last moved its line"] = 0.0
    luck: Annotated[Share, "chance of this round, evenly spread"] = 0.5
    temper: Annotated[Share, "private type in this crisis, evenly spread"] = 0.5


class StanceView(NamedTuple):
    """What a third government knows when it takes sides or stays out. Read by stance rules."""

    dt: Annotated[Days, "length of this round"] = 1 / 24
    elapsed: Annotated[Days, "time since the demand was made"] = 0.0
    stance: Annotated[SignedPoints, "its present stance, -1 to 2"] = 0.0
    with_sender: Annotated[Score, "its alignment with the sender"] = 0.0
    with_target: Annotated[Score, "its alignment with the target"] = 0.0
    exposure: Annotated[Share, "its exports to the sender, share of its GDP"] = 0.1
    trade_with_target: Annotated[Share, "its exports to the target, share of its GDP"] = 0.01
    leaning: Annotated[Score, "its leader's leaning, left -1 to right 1"] = 0.0
    target_leaning: Annotated[Score, "the target leader's leaning"] = 0.0
    mood: Annotated[Share, "share of its public that wants defiance"] = 0.3
    weight: Annotated[Share, "its GDP as a share of the largest in the room"] = 0.1
    rivalry: Annotated[Share, "how far it sees the sender as a rival"] = 0.0
    publicity: Annotated[Share, "how much of the dispute is fought in public"] = 0.5
    humiliation: Annotated[Share, "how humiliating the measures in sight are"] = 0.0
    holding: Annotated[Share, "how firmly the target holds, 1 when it has given nothing"] = 1.0
    in_bloc: Annotated[Share, "1 when it belongs to the bloc that is asked to stand together, else 0"] = 0.0
    standing: Annotated[Count, "number of governments standing with the target"] = 0.0
    quorum: Annotated[Count, "number needed for a joint stand"] = 100.0
    sender_record: Annotated[Share, "how often the sender has done what it announced"] = 0.5
    luck: Annotated[Share, "chance of this round, evenly spread"] = 0.5
    temper: Annotated[Share, "private type in this crisis, evenly spread"] = 0.5
