"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# The first example compiles and takes seconds, so no deadline. In CI the same examples every time.
settings.register_profile("demarche", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("demarche")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of reference data beside the checkout, which is no part of the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the reference data are not here: no folder ../shared/data beside the checkout")
    return folder
