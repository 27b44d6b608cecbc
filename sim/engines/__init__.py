"""Two engines that agree to the bit, and what is read off their runs."""
