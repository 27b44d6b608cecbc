"""The numbers a run changes, and the dice."""
