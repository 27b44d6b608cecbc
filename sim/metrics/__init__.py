"""Metrics: one number a run, and what an ensemble says of it. Importing the package registers all of them."""

from sim.metrics import crisis_metrics, region_metrics

__all__ = ["crisis_metrics", "region_metrics"]
