"""What a finished study says, with intervals."""
