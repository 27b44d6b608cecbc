"""Code we did not write, and children of our own, run in processes that can be stopped."""
