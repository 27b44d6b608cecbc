"""Rules of the press family."""
