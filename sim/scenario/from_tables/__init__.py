"""Scenarios from tables of trade, output and alliances."""
