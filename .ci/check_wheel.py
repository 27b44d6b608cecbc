"""Does an installed wheel do what the README says? Run by `.ci/run` with the Python of an environment that has only
the wheel, in an empty folder outside of the checkout: the main job, an ensemble, a study, the dashboard, the API.
"""

import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

BIN = Path(sys.executable).parent
COMMANDS = (
    "--version",
    "where",
    "scenarios",
    "run colombia_2025",
    "run colombia_2025 --lang es --set measures.tariff_25.size=0.9",
    "why colombia_2025 --round 3 --who COL",
    "ensemble colombia_2025 --runs 200",
    "compare colombia_2025 --runs 50 --without private_channel",
    "rules two_level",
    "mechanisms",
    "new-rule my_rule",
    "check homework/my_rule.py",
    "run two_countries --rules homework --rule answer:target=my_rule",
    "sweep run tariff_threshold --keep-going",
    "analyse studies/tariff_threshold",
    "report studies/tariff_threshold",
    "patterns colombia_2025 --runs 100",
    "world show hemisphere_2025",
)
API = (
    "from sim.api import CoercionModel, RunSpec, ensemble, summary; "
    "spec = RunSpec(scenario='two_countries'); "
    "print(summary(ensemble(spec, 20))['runs'], CoercionModel(spec).running)"
)


def run_commands() -> None:
    """Run every command; the first that fails ends this with its words."""
    for words in COMMANDS:
        begun = time.monotonic()
        done = subprocess.run([BIN / "demarche", *words.split()], capture_output=True, text=True, check=False)
        # `patterns` ends with 1 where a row is missed: a verdict on the model, which the tests hold, not on the wheel
        judged = words.startswith("patterns") and " rows pass, " in done.stdout and done.returncode == 1
        if (done.returncode != 0 and not judged) or "Traceback" in done.stderr or not done.stdout.strip():
            sys.exit(f"demarche {words}: exit code {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        print(f"  demarche {words}: {time.monotonic() - begun:.1f} s", flush=True)
    done = subprocess.run([sys.executable, "-P", "-c", API], capture_output=True, text=True, check=False)
    if done.returncode != 0 or done.stdout.split() != ["20", "True"]:
        sys.exit(f"from sim.api import ...: {done.stdout}{done.stderr}")


def open_dashboard() -> None:
    """Start the dashboard; its page and its own files must come."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    words = [BIN / "demarche", "dashboard", "--no-browser", "--port", "0"]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert server.stdout
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, "the dashboard printed no address"
        with urllib.request.urlopen(found[0], timeout=60) as answer:
            page = answer.read().decode()
            assert "Demarche" in page and answer.headers["Content-Security-Policy"], page[:500]
        for file in re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', page):
            with urllib.request.urlopen(found[0].rstrip("/") + file, timeout=60) as answer:
                assert answer.status == 200, file
        print(f"  demarche dashboard: {len(page)} characters", flush=True)
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    if any(Path().iterdir()):
        sys.exit("Run this in an empty folder.")
    run_commands()
    open_dashboard()
    print("the wheel does what the README says")
