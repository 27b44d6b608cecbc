"""Files people write, read strictly and answered in sentences."""
