"""Named sets of the case's weights, in `configs/evidence/weights/`, with how they were found."""

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import yaml
from pydantic import Field

from sim.evidence.ties.calibration import Fit
from sim.evidence.ties.cases.mapping import MEANING, CaseWeights
from sim.evidence.ties.cases.ties_table import Array, Table
from sim.scenario.files.fields import FileName, Model, Text
from sim.scenario.files.reader import read_named

FOLDER = "evidence/weights"
METHOD = (
    "Maximum a posteriori over the exact chain of the case (sim.evidence.ties.closed_form), L-BFGS-B, twelve draws of"
    " missing values a case, a case 30 years older counting half, weak normal priors (sim.evidence.ties.calibration);"
    " intervals are percentiles of a bootstrap of whole years."
)


class Weight(Model):
    """A weight with its 95 % interval. Not `identified`: the interval holds 0, at which it does nothing."""

    value: float
    low: float
    high: float
    unit: str
    meaning: str
    identified: bool


class Provenance(Model):
    """What a set was fitted on, and how."""

    method: str
    table: str
    cases: int
    first_year: int
    last_year: int
    seed: int
    bootstrap: int
    cost_codes: bool


class WeightSet(Model):
    """A file of weights for cases."""

    format: Literal[1]
    name: FileName
    title: Text
    provenance: Provenance
    weights: Annotated[dict[str, Weight], Field(min_length=len(CaseWeights._fields))]

    def numbers(self) -> CaseWeights:
        """The values, in order."""
        return CaseWeights(*[self.weights[name].value for name in CaseWeights._fields])


def read_set(name_or_path: str | Path) -> WeightSet:
    """A set by name (in `configs/evidence/weights`) or path.

    Raises:
        InputError: File, line and path, what is wrong and what would be right.
    """
    return read_named(WeightSet, name_or_path, FOLDER, "set of case weights")[0]


def set_of(name: str, table: Table, found: Fit, sampled: Array, seed: int, cost_codes: bool) -> WeightSet:
    """The set that a calibration found. sampled: weights of the bootstrap, (times, weights)."""
    years = table.inputs.year
    ends = np.quantile(sampled, [0.025, 0.975], axis=0)
    weights = {
        each: Weight(
            value=_tidy(value),
            low=_tidy(low),
            high=_tidy(high),
            unit=MEANING[each][0],
            meaning=MEANING[each][1],
            identified=not low <= 0.0 <= high,
        )
        for each, value, low, high in zip(CaseWeights._fields, found.weights, *ends, strict=True)
    }
    provenance = Provenance(
        method=METHOD,
        table=table.name,
        cases=len(table),
        first_year=int(np.min(years)),
        last_year=int(np.max(years)),
        seed=seed,
        bootstrap=len(sampled),
        cost_codes=cost_codes,
    )
    title = {"en": f"Weights of cases, from {table.name}", "es": f"Pesos de casos, de {table.name}"}
    return WeightSet.model_validate(
        {"format": 1, "name": name, "title": title, "provenance": provenance, "weights": weights}
    )


def text_of_set(found: WeightSet) -> str:
    """The file's text."""
    head = "# Written by `demarche calibrate`; remake it rather than edit it.\n"
    data = found.model_dump(mode="json")
    return head + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=118)


def _tidy(number: float) -> float:
    return float(f"{number:.6g}")
