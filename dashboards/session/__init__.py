"""One browser's session: what it asks, what it may take away."""
