"""Whether what a view says is true: its sentences taken apart and held against its own table."""
