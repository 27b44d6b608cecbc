"""Expectations: runs, a number, bounds, a verdict."""
