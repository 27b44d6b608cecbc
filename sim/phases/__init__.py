"""What happens in a step: one file a phase. `sim.phases.schedule` says in which order, and to whom."""
