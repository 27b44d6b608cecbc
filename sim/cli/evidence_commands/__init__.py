"""Commands that hold the model against data and literature."""
