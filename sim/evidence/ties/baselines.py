"""What the model is held against: predictors that know nothing of governments, fitted on the same training cases.

Missing columns are filled with the training cases' medians (the most common code), without flags, as for everybody.
"""

from collections.abc import Callable

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sim.evidence.ties.cases.imputation import TIED, TOGETHER
from sim.evidence.ties.cases.mapping import HIGH_POLITICS, LEAST_DEPENDENCE, TRADE
from sim.evidence.ties.cases.ties_columns import INPUTS
from sim.evidence.ties.cases.ties_table import Array, Inputs, Whole

Baseline = Callable[[Inputs, Whole, Inputs], Array]
ISSUES = INPUTS["issue1"].codes
TREES, LEAF = 300, 5
"""Trees of the forest, and cases a leaf has at least."""


def base_rate(train: Inputs, hit: Whole, test: Inputs) -> Array:
    """The share of the training cases that had it."""
    return np.full(len(test), hit.mean())


def constant_rates(train: Inputs, hit: Whole, test: Inputs) -> Array:
    """The same, apart for cases that began with a threat and for those that did not."""
    shares = {}
    for threat in (0.0, 1.0):
        alike = train.values["threat"] == threat
        shares[threat] = hit[alike].mean() if alike.any() else hit.mean()
    return np.array([shares[threat] for threat in test.values["threat"]])


def two_variable(train: Inputs, hit: Whole, test: Inputs) -> Array:
    """A logit on the institution and the anticipated cost to the target."""
    names = ("via_institution", "antic_target_cost_1to3")
    return _logit(_columns(train, train, names), hit, _columns(test, train, names))


def unit_sum(train: Inputs, hit: Whole, test: Inputs) -> Array:
    """Institution + cost - 1 + (commitment - 2) / 2 + specificity - 2, put on the scale of chances by a logit."""
    return _logit(_summed(train, train), hit, _summed(test, train))


def logit(train: Inputs, hit: Whole, test: Inputs) -> Array:
    """A logit (L2, C = 1) on all columns known before it begins, issues one by one."""
    return _logit(_everything(train, train), hit, _everything(test, train))


def own_columns(train: Inputs, hit: Whole, test: Inputs) -> Array:
    """The same logit on what the model's map reads alone: the fair rival of the mechanism."""
    return _logit(_mapped(train, train), hit, _mapped(test, train))


def random_forest(train: Inputs, hit: Whole, test: Inputs) -> Array:
    """A forest of 300 trees on the same columns."""
    forest = RandomForestClassifier(n_estimators=TREES, min_samples_leaf=LEAF, random_state=0, n_jobs=1)
    chances: Array = forest.fit(_everything(train, train), hit).predict_proba(_everything(test, train))
    return chances[:, 1]


BASELINES: dict[str, Baseline] = {
    "base_rate": base_rate,
    "constant_rates": constant_rates,
    "two_variable": two_variable,
    "unit_sum": unit_sum,
    "logit": logit,
    "own_columns": own_columns,
    "random_forest": random_forest,
}


def _logit(train: Array, hit: Whole, test: Array) -> Array:
    line = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=1000))
    chances: Array = line.fit(train, hit).predict_proba(test)
    return chances[:, 1]


def _summed(cases: Inputs, train: Inputs) -> Array:
    names = ("via_institution", "antic_target_cost_1to3", "sender_commitment_1to3", "demand_specificity_1to2")
    institution, cost, commitment, specificity = _columns(cases, train, names).T
    summed: Array = (institution + cost - 1.0 + (commitment - 2.0) / 2.0 + specificity - 2.0)[:, None]
    return summed


def _mapped(cases: Inputs, train: Inputs) -> Array:
    """The columns that the map reads, the issue in its classes, dependence by its logarithm; shape (n, 9)."""
    plain = _columns(cases, train, ("threat", "via_institution", *TOGETHER))
    tied = np.log(np.maximum(_columns(cases, train, (TIED,)), LEAST_DEPENDENCE))
    issue = cases.values["issue1"][:, None]
    return np.hstack([plain, tied, np.isin(issue, TRADE), np.isin(issue, HIGH_POLITICS)])


def _everything(cases: Inputs, train: Inputs) -> Array:
    """All columns, the issue as one of 15 switches; shape (n, columns)."""
    others = tuple(name for name in INPUTS if name != "issue1")
    issues = cases.values["issue1"][:, None] == np.array(ISSUES)[None, :]
    return np.hstack([_columns(cases, train, others), issues.astype(float)])


def _columns(cases: Inputs, train: Inputs, names: tuple[str, ...]) -> Array:
    """Columns without gaps, shape (n, names). A column that no training case has counts as nought."""
    out = []
    for name in names:
        known = train.values[name][~np.isnan(train.values[name])]
        out.append(np.where(np.isnan(cases.values[name]), np.median(known) if len(known) else 0.0, cases.values[name]))
    return np.column_stack(out)
