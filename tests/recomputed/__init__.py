"""Statistics worked out a second time, in plain Python, from their definitions."""
