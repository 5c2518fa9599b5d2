"""Benchmarks: one module a command; each takes its baseline on the same machine in the same run."""
