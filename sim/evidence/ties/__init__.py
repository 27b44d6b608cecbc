"""Threats and impositions of sanctions (TIES), predicted and calibrated."""
