"""The table of what the patterns pin down, from the draws that are kept: `python docs/tools/posterior_table.py`."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "what-the-patterns-pin-down.md"
BEGIN, END = "<!-- posterior: written from configs/weights/posterior.json -->", "<!-- end of posterior -->"
AIM = 80
sys.path[:0] = [str(ROOT)]


def table() -> str:
    """How many draws there were, how many were kept, and each row's share of the prior and of the posterior."""
    from sim.evidence.expectations.explore import CASE
    from sim.evidence.expectations.patterns import read_patterns
    from sim.scenario.weight_file import posterior_file

    kept = json.loads(posterior_file().read_text(encoding="utf-8"))
    kinds = {row.id: row.kind for row in read_patterns(kept["scenario"]).rows}
    share = 100 * kept["kept"] / kept["draws"]
    drawn = f"{kept['draws']:,} draws of {len(kept['names'])} assumed weights and traits at once"
    said = f"{drawn}, {kept['runs']} runs of each world."
    rows = []
    for name, prior, later in kept["rows"]:
        note = " (chosen by it)" if kinds.get(name) == CASE else " **a point**" if later < 50 else ""
        rows.append(f"| `{name}` | {prior} | {later}{note} |")
    mechanisms = [later for name, _, later in kept["rows"] if kinds.get(name) != CASE]
    enough = sum(later >= AIM for later in mechanisms)
    return "\n".join([
        BEGIN, "", said,
        f"Under {kept['kept']} of them, {share:.1f} percent, the case goes as it went.", "",
        "| row | percent of the prior | percent of the posterior |", "|---|---:|---:|", *rows, "",
        f"Rows of the case rest on all draws, the others on the first {kept['full']} and on those kept.",
        f"Of {len(mechanisms)} rows about mechanisms {enough} hold under {AIM} percent of the posterior or more.",
        "", END,
    ])  # fmt: skip


def refreshed(page: str) -> str:
    """The page with the table of the draws that are kept."""
    before, _, rest = page.partition(BEGIN)
    return before + table() + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
