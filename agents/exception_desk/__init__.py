"""The graph that takes one case from evidence to a verified way out, through a person's decision."""
