"""Rules of the answer family."""
