"""Allocation: who gets supply that is not enough for all, by policy, by quota, and in backorder runs."""
