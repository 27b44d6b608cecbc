"""Which runs a study makes."""
