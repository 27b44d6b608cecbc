"""The rule lab: one line on top of a rule, read as data."""
