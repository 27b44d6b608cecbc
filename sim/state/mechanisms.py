"""The weights of the laws, and the mechanisms that can be switched off by name: what each does, where it comes from."""

from typing import Annotated, Any, NamedTuple

from agents.units import Count, Days, LossRate, Pain, PerDay, Points, Ratio, Share


class Mechanism(NamedTuple):
    """One switch: its name, what the model loses without it, its source in `configs/sources.bib`, its weights."""

    name: str
    meaning: str
    source: str
    weights: tuple[str, ...] = ()


MECHANISMS = (
    Mechanism("anticipation", "waiting costs part of what a measure would cost", "afesorgbor_2019", ("anticipation",)),
    Mechanism(
        "market_shock",
        "markets answer news in hours, and calm down in days",
        "own",
        ("market_shock", "market_half_life"),
    ),
    Mechanism("private_types", "what a clause is worth and costs differs between runs", "harsanyi_1967"),
    Mechanism(
        "private_channel",
        "messages may travel in private: faster, and dearer to nobody's face",
        "fearon1994",
        ("private_discount",),
    ),
    Mechanism("package", "clauses can be traded one by one; without it the demand is all or nothing", "putnam_1988"),
    Mechanism("audience_cost", "climbing down from a public stand costs support", "fearon1994", ("audience",)),
    Mechanism("hardening", "each public hour of refusal makes the stand firmer", "fearon1994", ("stand_growth",)),
    Mechanism(
        "elite",
        "business, banks and officials react within hours",
        "bueno_de_mesquita_2003",
        ("elite_pain", "closed_door", "elite_half_time"),
    ),
    Mechanism("counter_measures", "the target announces measures of its own", "own"),
    Mechanism("fading", "the worth of its demand fades for the sender as attention moves on", "own"),
    Mechanism(
        "shocks",
        "support moves by chance from day to day",
        "latam_executive_approval",
        ("support_persistence", "support_shock"),
    ),
    Mechanism(
        "rally",
        "the public closes ranks against a humiliating announcement, slowly",
        "mueller_1970",
        ("rally_size", "rally_build", "rally_half_life", "rally_base"),
    ),
    Mechanism(
        "third_parties",
        "other governments take sides, which moves beliefs",
        "early_spice_2011",
        ("backing_belief", "joint_stand"),
    ),
    Mechanism("unstated", "what may stay unstated is given at a lower price at home", "own", ("unstated_discount",)),
    Mechanism(
        "contagion",
        "publics abroad turn against the sender, and forget",
        "own",
        ("sentiment_turn", "sentiment_half_life", "leaning_turn"),
    ),
    Mechanism("framing", "each side tells its story to watchers of its leaning", "entman_2003", ("framing",)),
    Mechanism("mood", "humiliation seen makes a public defiant, for a while", "own", ("mood_turn", "mood_half_life")),
    Mechanism(
        "exit",
        "leaders leave office, more often under measures in a democracy",
        "licht_2017",
        ("exit_a_year", "exit_autocracy", "exit_coerced", "successor_turn", "successor_spread"),
    ),
    Mechanism(
        "elections",
        "the public votes on the leader on the day",
        "ifes_election_guide",
        ("election_swing", "election_even", "successor_turn", "successor_spread"),
    ),
    Mechanism("shadow", "giving way once invites further demands", "sechser_2010", ("shadow",)),
    Mechanism(
        "reputation",
        "carrying out and holding out are remembered",
        "schelling_1960",
        ("belief_learning", "held_speed", "nothing_known"),
    ),
    Mechanism(
        "memory",
        "what giving and holding were worth, and what peers did",
        "roth_erev_1995",
        ("held_speed", "gave_way", "memory_pain"),
    ),
    Mechanism(
        "helpers",
        "credit and markets of others make losses good",
        "early_spice_2011",
        ("helper_capacity", "helper_days"),
    ),
    Mechanism(
        "delivery",
        "a settlement outside the win-set may be found not delivered",
        "putnam_1988",
        ("review_days", "breach", "breach_base"),
    ),
    Mechanism(
        "second_round",
        "what was left unstated may be disputed again",
        "own",
        ("review_days", "reopening", "second_notice"),
    ),
    Mechanism(
        "drift",
        "trade, currency and votes move away from a sender, slowly",
        "cow_trade_4",
        ("restriction_drift", "embargo_drift", "currency_drift", "alignment_drift"),
    ),
    Mechanism(
        "agenda",
        "a sender takes up its next demand as its attention, its capital and what has worked allow",
        "own",
        (
            "agenda_appetite",
            "success_learning",
            "capital_price",
            "capital_days",
            "dropping",
            "nothing_known",
            "promise_base",
            "promise_dependence",
            "promise_success",
            "promise_held",
            "promise_luck",
        ),
    ),
    Mechanism(
        "watchers",
        "publics that watch one like themselves humiliated turn defiant too",
        "own",
        ("watcher_mood",),
    ),
    Mechanism(
        "hedging",
        "firms look for other buyers and other money where the public has turned away from a sender",
        "own",
        ("hedging_trade", "hedging_currency"),
    ),
    Mechanism(
        "rerouting", "a rival of the sender buys part of what it no longer buys", "own", ("rerouted", "market_room")
    ),
    Mechanism("joining", "governments join a rival's institutions, one act at a time", "own", ("joining",)),
)

_Switches = NamedTuple("_Switches", [(mechanism.name, int) for mechanism in MECHANISMS])  # type: ignore[misc]
ON: Any = _Switches(*range(len(MECHANISMS)))
"""Columns of the switches: `state.on[ON.elite]` is 1.0 when the mechanism is at work."""


class Weights(NamedTuple):
    """One named set serves all scenarios; `configs/weights/` holds the values, each with its unit and source."""

    trade_elasticity: Annotated[Ratio, "fall of exports for a rise of the price by the tariff, short run"]
    pass_through: Annotated[Share, "share of a tariff that reaches the buyer's price"]
    value_added: Annotated[Share, "domestic value added in a dollar of exports"]
    inspection_cost: Annotated[Share, "ad valorem cost of a day of delay"]
    import_ban: Annotated[Ratio, "output lost for a banned dollar of exports, through suppliers too"]
    embargo: Annotated[Ratio, "output lost for a dollar of trade cut both ways"]
    half_point: Annotated[LossRate, "loss at which strain is one half"]
    anticipation: Annotated[Share, "part of a measure's loss that waiting for it already costs, where it is believed"]
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
    backing_belief: Annotated[Share, "how far united third parties lower the belief in the measures"]
    joint_stand: Annotated[Share, "what a joint stand that reaches its quorum adds to the backing of the target"]
    sentiment_turn: Annotated[Share, "turn of sentiment towards the sender for a fully humiliating week"]
    framing: Annotated[Share, "how far a side's story changes what those of its leaning hear of the humiliation"]
    sentiment_half_life: Annotated[Days, "time in which sentiment goes half of the way back"]
    mood_turn: Annotated[Share, "turn of the public towards defiance in a fully humiliating week"]
    mood_half_life: Annotated[Days, "time in which that mood goes half of the way back"]
    exit_a_year: Annotated[Share, "chance that a democratic leader leaves office in a year"]
    exit_autocracy: Annotated[Share, "the same for an autocratic one, with or without measures"]
    exit_coerced: Annotated[Share, "the same while measures are in force against the country"]
    successor_turn: Annotated[Share, "how far the public's mood decides the defiance of a successor"]
    election_swing: Annotated[Ratio, "log-odds of re-election for each ten points of support above 45"]
    shadow: Annotated[Points, "expected cost of further demands after giving way once, to a sender that had its way"]
    held_speed: Annotated[Share, "how far one crisis moves the record of holding out, and what is remembered of it"]
    helper_capacity: Annotated[Share, "share of losses that a helper as large as the sender makes good"]
    helper_days: Annotated[Days, "time in which half of that help has arrived"]
    review_days: Annotated[Days, "time after a settlement at which its delivery is looked at"]
    breach: Annotated[Share, "chance that a settlement wholly outside the win-set is found not delivered"]
    reopening: Annotated[PerDay, "chance a day, after the review, that a settlement wholly unstated is disputed again"]
    restriction_drift: Annotated[PerDay, "fall of exports to the sender for each day of a tariff in force"]
    embargo_drift: Annotated[PerDay, "the same under a full embargo"]
    currency_drift: Annotated[PerDay, "fall of the share of trade in the sender's currency under financial measures"]
    alignment_drift: Annotated[PerDay, "change of alignment with a sender for a sentiment of 1 towards it"]
    joining: Annotated[PerDay, "chance a day to join a rival's institution for a public wholly turned away"]
    agenda_appetite: Annotated[Ratio, "how much faster a sender takes up the next demand once coercion is sure to work"]
    success_learning: Annotated[Share, "how far one crisis moves what a sender thinks of coercion"]
    capital_price: Annotated[Share, "political capital that taking up a demand costs"]
    capital_days: Annotated[Days, "time in which half of the capital spent comes back"]
    dropping: Annotated[PerDay, "chance a day that a sender lets go of a demand whose worth has faded away"]
    watcher_mood: Annotated[Share, "part of a humiliation that the public of a like-minded watcher feels as its own"]
    hedging_trade: Annotated[PerDay, "fall of exports to a sender for a sentiment of -1 towards it"]
    hedging_currency: Annotated[PerDay, "fall of the share of trade in its currency for the same"]
    rerouted: Annotated[Share, "part of the exports lost to a sender that a rival of the sender buys"]
    market_room: Annotated[Ratio, "how far exports to that rival can grow beyond what they were"]
    returns: Annotated[PerDay, "share of the people waiting who travel on each day after a settlement"]
    split: Annotated[Share, "where between the two lines a settlement falls: 0 target's, 1 sender's"]
    most_messages: Annotated[Count, "messages that can arrive in one step, at most"]
    backed_down: Annotated[Share, "position up to which a settlement counts as the sender backing down"]
    reciprocated: Annotated[
        Share, "part of the target's whole price that must come back for a settlement to count as a deal"
    ]
    gave_way: Annotated[Share, "share given from which a side counts, and is remembered, as having given way"]
    no_date: Annotated[Days, "how far ahead a government looks where no measure has a date"]
    second_notice: Annotated[Days, "notice of the measures when a settled crisis is disputed again"]
    rally_base: Annotated[
        Share, "part of the rally that comes where nobody wants defiance, before the defiant share is added"
    ]
    successor_spread: Annotated[Share, "width of the range by which chance moves the defiance of a successor"]
    election_even: Annotated[Share, "support at which re-election is a coin toss"]
    breach_base: Annotated[Share, "part of that chance where elites and the defiant public are equally strong"]
    leaning_turn: Annotated[
        Share, "how much more the public of a leader wholly on the left turns away, and on the right less"
    ]
    memory_pain: Annotated[Pain, "support that a loss of income counts for in the memory of giving and holding"]
    market_shock: Annotated[Ratio, "how many times its loss a year a believed announcement weighs on the first hour"]
    market_half_life: Annotated[Days, "time in which markets calm down by half"]
    nothing_known: Annotated[Share, "record of holding out, and of success, of a government that has not been tried"]
    promise_base: Annotated[Share, "chance of a concession that a sender sees in a target without exports to it"]
    promise_dependence: Annotated[Ratio, "what exports to the sender (share of GDP) add to that chance"]
    promise_success: Annotated[Ratio, "what its own success, measured from one half, adds to that chance"]
    promise_held: Annotated[Ratio, "what the target's record of holding out, measured from one half, takes from it"]
    promise_luck: Annotated[Ratio, "width of the range of the factor by which the unforeseen moves a promise"]
