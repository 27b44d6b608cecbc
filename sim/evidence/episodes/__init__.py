"""Coded episodes of coercion, predicted by the model."""
