"""The table of cases: reading, checking, imputing, mapping to the model."""
