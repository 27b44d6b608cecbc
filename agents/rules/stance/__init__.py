"""Rules of the stance family."""
