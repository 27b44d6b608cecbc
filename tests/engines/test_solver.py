"""The fast loss law beside an input-output solver: 316 measures (sanction-simulator 0.1.4, OECD ICIO 2022)."""

import csv
from pathlib import Path

import numpy as np
import pytest

from sim.laws.economy import ban_loss
from sim.scenario import read_weights


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("instrument", "weight"), [("import_ban", "import_ban"), ("embargo", "embargo")])
def test_the_law_follows_the_solver(shared_data: Path, instrument: str, weight: str) -> None:
    _, weights = read_weights("default")
    tables = ("exports_2014_nonreporters.csv", "exports_2021.csv")
    flows = {(r["exporter"], r["importer"]): float(r["usd_mn"]) for name in tables for r in read(shared_data / name)}
    output = {r["iso3"]: float(r["gross_output_usd_mn"]) for r in read(shared_data / "icio2022_countries.csv")}
    fast, solved = [], []
    for row in read(shared_data / "sanction_simulator_losses.csv"):
        sender, target = row["sender"], row["target"]
        if row["instrument"] != instrument or (target, sender) not in flows or target not in output:
            continue
        both = flows.get((sender, target), 0.0) if instrument == "embargo" else 0.0
        trade = (flows[target, sender] + both) / output[target]
        fast.append(ban_loss(trade, 1.0, weights[weight].value))
        solved.append(float(row["target_loss_frac"]))
    law, truth = np.array(fast), np.array(solved)
    correlation = float(np.corrcoef(law, truth)[0, 1])
    slope = float((law * truth).sum() / (law * law).sum())
    print(f"\n{instrument}: {len(law)} pairs, r = {correlation:.3f}, slope = {slope:.2f}")
    assert len(law) > 140
    assert correlation > 0.7
    assert 0.5 < slope < 1.5
