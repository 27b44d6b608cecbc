"""Metrics: one number a run, and what an ensemble says of it."""
