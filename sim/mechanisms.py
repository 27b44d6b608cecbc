"""The mechanisms that can be switched off by name, each with what it does and where it comes from."""

from typing import Any, NamedTuple


class Mechanism(NamedTuple):
    """One switch: its name, what the model loses without it, and the source (a key of `configs/sources.bib`)."""

    name: str
    meaning: str
    source: str


MECHANISMS = (
    Mechanism("anticipation", "waiting for a measure costs: orders, credit, currency", "afesorgbor_2019"),
    Mechanism("private_channel", "messages may travel in private: faster, and dearer to nobody's face", "fearon1994"),
    Mechanism("package", "clauses can be traded one by one; without it the demand is all or nothing", "putnam_1988"),
    Mechanism("audience_cost", "climbing down from a public stand costs support", "fearon1994"),
    Mechanism("hardening", "each public hour of refusal makes the stand firmer", "fearon1994"),
    Mechanism("elite", "business, banks and officials react within hours", "bueno_de_mesquita_2003"),
    Mechanism("counter_measures", "the target announces measures of its own", "own"),
    Mechanism("fading", "the worth of its demand fades for the sender as attention moves on", "own"),
    Mechanism("shocks", "support moves by chance from day to day", "latam_executive_approval"),
    Mechanism("rally", "the public closes ranks against a humiliating announcement, slowly", "mueller_1970"),
    Mechanism("third_parties", "other governments take sides, which moves beliefs", "early_spice_2011"),
    Mechanism("unstated", "what may stay unstated is given at a lower price at home", "own"),
    Mechanism("contagion", "publics abroad turn against the sender, and forget", "own"),
    Mechanism("mood", "humiliation seen makes a public more defiant, for a while", "own"),
    Mechanism("exit", "leaders leave office, more often under measures in a democracy", "licht_2017"),
    Mechanism("elections", "the public votes on the leader on the day", "ifes_election_guide"),
    Mechanism("shadow", "giving way once invites further demands", "sechser_2010"),
    Mechanism("reputation", "carrying out and holding out are remembered", "schelling_1960"),
    Mechanism("memory", "what giving and holding were worth, and what peers did", "roth_erev_1995"),
    Mechanism("helpers", "credit and markets of others make losses good", "early_spice_2011"),
    Mechanism("delivery", "a settlement outside the win-set may be found not delivered", "putnam_1988"),
    Mechanism("second_round", "what was left unstated may be disputed again", "own"),
    Mechanism("drift", "trade moves away from a sender, slowly", "cow_trade_4"),
    Mechanism("joining", "governments join a rival's institutions, one act at a time", "own"),
)  # fmt: skip

_Switches = NamedTuple("_Switches", [(mechanism.name, int) for mechanism in MECHANISMS])  # type: ignore[misc]
ON: Any = _Switches(*range(len(MECHANISMS)))
"""Columns of the switches: `state.on[ON.elite]` is 1.0 when the mechanism is at work."""
