"""Evidence: the model held against cases of the world, with baselines beside it."""
