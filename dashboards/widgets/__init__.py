"""What the browser draws: one Vue file a widget."""
