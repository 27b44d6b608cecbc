"""What names a run, and how it is prepared."""
