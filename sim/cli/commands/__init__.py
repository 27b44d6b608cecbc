"""Commands about one run, its rules and its scenario."""
