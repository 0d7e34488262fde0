"""Speed as ratios to a floor measured in the same run; each module has one `measure`, found by its name."""
