"""The weights: numbers of the laws that are the same for every government and scenario. Values live in YAML."""

from typing import Annotated, NamedTuple

from agents.units import Days, LossRate, Pain, PerDay, Points, Ratio, Share


class Weights(NamedTuple):
    """One named set serves all scenarios; `configs/weights/` holds the values, each with its unit and source."""

    trade_elasticity: Annotated[Ratio, "fall of exports for a rise of the price by the tariff, short run"]
    pass_through: Annotated[Share, "share of a tariff that reaches the buyer's price"]
    value_added: Annotated[Share, "domestic value added in a dollar of exports"]
    inspection_cost: Annotated[Share, "ad valorem cost of a day of delay"]
    import_ban: Annotated[Ratio, "output lost for a banned dollar of exports, through suppliers too"]
    embargo: Annotated[Ratio, "output lost for a dollar of trade cut both ways"]
    half_point: Annotated[LossRate, "loss at which strain is one half"]
    anticipation: Annotated[PerDay, "share of a threatened year's loss that each day of waiting costs for good"]
    growth_support: Annotated[Pain, "support lost by the public for a loss of GDP"]
    support_persistence: Annotated[Share, "quarterly autocorrelation of support"]
    support_shock: Annotated[Points, "standard deviation of the chance change of support in a quarter"]
    elite_pain: Annotated[Pain, "elite support lost for a loss of GDP in force or caused by waiting"]
    closed_door: Annotated[Share, "elite support lost for each member of the elite shut out by visas or travel bans"]
    elite_half_time: Annotated[Days, "time in which elites go half of the way to their new opinion"]
    audience: Annotated[Points, "support lost by a full climb-down from a full, fully public stand"]
    private_discount: Annotated[Share, "share of the audience cost that remains when it was settled in private"]
    unstated_discount: Annotated[Share, "share of the audience cost that remains when what was given is unstated"]
    stand_growth: Annotated[Days, "time in which a public refusal hardens the stand by half of what is left"]
    rally_size: Annotated[Points, "support gained by standing against a fully humiliating announcement"]
    rally_build: Annotated[Days, "time in which half of a rally has built up"]
    rally_half_life: Annotated[Days, "time in which a rally loses half of its strength"]
    belief_learning: Annotated[Share, "how far one carried-out or missed announcement moves belief and record"]
    counter_belief: Annotated[Share, "how far the sender believes a counter-measure of a fully credible target"]
    backing_belief: Annotated[Share, "how far united third parties lower the belief in the measures"]
    joint_stand: Annotated[Share, "what a joint stand that reaches its quorum adds to the backing of the target"]
    sentiment_turn: Annotated[Share, "turn of sentiment towards the sender for a fully humiliating week"]
    sentiment_half_life: Annotated[Days, "time in which sentiment goes half of the way back"]
    split: Annotated[Share, "where between the two lines a settlement falls: 0 target's, 1 sender's"]
