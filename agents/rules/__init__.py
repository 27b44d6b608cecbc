"""The shipped rules, one file each, found by folder."""
