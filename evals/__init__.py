"""Scenarios, worlds, graders, baselines and benchmarks."""
