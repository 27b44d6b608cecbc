"""The simulation: the science (laws, phases), the two engines that run it, and everything a study needs."""
