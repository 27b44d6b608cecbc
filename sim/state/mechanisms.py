"""The mechanisms that can be switched off by name: what each does, where it comes from, which weights are its own."""

from typing import Any, NamedTuple


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
    Mechanism(
        "private_types",
        "what a clause is worth and costs, and how many demands a sender makes, differs between runs",
        "mcfadden_1974",
    ),
    Mechanism(
        "private_channel",
        "messages may travel in private: faster, and dearer to nobody's face",
        "fearon1994",
        ("private_discount",),
    ),
    Mechanism("package", "clauses can be traded one by one; without it the demand is all or nothing", "putnam_1988"),
    Mechanism("audience_cost", "climbing down from a public stand costs support", "fearon1994", ("audience",)),
    Mechanism(
        "hardening",
        "each public hour of refusal makes the stand firmer, and so does a counter-measure",
        "fearon1994",
        ("stand_growth", "counter_stand"),
    ),
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
    Mechanism(
        "signals",
        "each hour without a move makes it less likely that the other side will move at all",
        "abreu_gul_2000",
        ("refusal_half_life",),
    ),
    Mechanism(
        "own_elites",
        "business and officials at home press a government that threatens or uses a measure they dislike",
        "bueno_de_mesquita_2003",
    ),
    Mechanism(
        "courts", "a court may strike a measure down; it comes back smaller, on another law", "scotus_2026_02_20"
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
