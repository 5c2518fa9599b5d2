"""A twin of each outside system, served on loopback."""
