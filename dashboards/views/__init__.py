"""What each panel is given, as plain numbers and sentences."""
