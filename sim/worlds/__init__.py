"""Worlds from data: a user's tables become a scenario file; a scenario's ties become a graph, figures and a picture."""
