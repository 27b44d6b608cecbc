"""The files that `demarche new-rule` begins with: each is a whole rule with an example, and passes `check`."""

_HEAD = '''"""One sentence: the idea of this rule, as you would tell it to a colleague."""

'''
_NOTES = """
# What a rule may read is its View: every field, with unit and meaning, stands in agents/views.py.
# Numbers a user may turn are traits: parameters with a unit (Share, Points, Days, ...) and a default.
# `source` is a key of configs/sources.bib, or "own: ..." with a reason in a few words.
# The lines after >>> are an example that `demarche check` runs.
# Powers and logarithms: use `power`, `exp`, `log` of agents.arithmetic, so that both engines give the same bits.
"""

_ANSWER = '''from agents.rule import LossRate, View, rule
NOTES

@rule(source="own: a first try")
def NAME(view: View, limit: LossRate = 0.01) -> float:
    """Give way once the losses in force and expected pass a limit.

    >>> NAME(View(pressure=0.02)), NAME(View(pressure=0.0, threat=0.0))
    (1.0, 0.0)
    """
    expected = view.pressure + view.belief * view.threat
    return 1.0 if expected > limit else 0.0  # 0 holds, 1 gives all it could; what lies between gives a part
'''

_PRESS = '''from agents.rule import Days, PressView, rule
NOTES

@rule(source="own: a first try")
def NAME(view: PressView, grace: Days = 1.0) -> float:
    """Carry out what was announced a little late, unless the other side has moved.

    >>> NAME(PressView(due_in=-2.0)), NAME(PressView(due_in=0.0))
    (1.0, 0.0)
    """
    moved = view.other_given > view.other_before
    return 1.0 if view.due_in <= -grace and not moved else 0.0  # -1 lifts, 0 leaves as it is, 1 carries out
'''

_STANCE = '''from agents.rule import Score, StanceView, rule
NOTES

@rule(source="own: a first try")
def NAME(view: StanceView, nearness: Score = 0.5) -> float:
    """Stand with the side that is clearly nearer, else stay out.

    >>> NAME(StanceView(with_sender=0.9)), NAME(StanceView(with_target=0.9)), NAME(StanceView())
    (-1.0, 1.0, 0.0)
    """
    difference = view.with_target - view.with_sender
    if difference > nearness:
        return 1.0  # with the target; 2 would offer credit too
    return -1.0 if difference < -nearness else 0.0  # -1 with the sender, 0 out
'''

TEMPLATES = {
    family: (_HEAD + body).replace("NOTES\n", _NOTES)
    for family, body in (("answer", _ANSWER), ("press", _PRESS), ("stance", _STANCE))
}

EXPERIMENT = """# The uncertain inputs (vary), the options to compare (compare) and the outputs (metrics).
format: 1
name: NAME
title: {en: My sweep, es: Mi barrido}
scenario: two_countries          # a name, or the path of a scenario file

# Paths as in `demarche run --set`. {} takes the range that the number's own assumption declares, or its unit's bounds.
vary:
  target.support: {range: [20, 60], unit: percent}
  target.defiance: {}

# The options to compare: each is compared with the first. Also: rules, mechanisms.
compare:
  worlds:
    as_it_is: {}
    no_private_channel: {without: [private_channel]}

metrics: [settled_in_7_days, hours_to_settle]

# grid (levels of each number), random, latin_hypercube, sobol (n a power of 2) or morris (n trajectories).
design: {kind: random, n: 200}
runs: 1                          # of each point
seed: 1
# until: {metric: settled_in_7_days, narrower_than: 4}   # stop when every 95 % interval is narrower, in its unit
"""
