"""Packages and their data; all else is in pyproject.toml.

Two folders go into a wheel under another name: `configs/` as `sim/configs`, and `sim/cli/start` as `demarche`, the
package that the command begins in.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["agents*", "sim*", "dashboards*"]), "sim.configs", "demarche"],
    package_dir={"sim.configs": "configs", "demarche": "sim/cli/start"},
    package_data={
        "": ["*.yaml", "*.vue", "*.css", "*.html", "*.js"],
        "sim.configs": ["**/*.yaml", "**/*.json", "*.bib"],
    },
)
