"""Where the checkout and the reference data are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
