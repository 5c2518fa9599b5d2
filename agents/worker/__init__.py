"""Builds the graphs and runs them; the only module of agents that knows bootstrap."""
