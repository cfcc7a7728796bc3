"""Where the time of a step goes, and what a model costs."""
