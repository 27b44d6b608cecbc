"""Processes beside the server: foreign rules, and compiling ahead."""
