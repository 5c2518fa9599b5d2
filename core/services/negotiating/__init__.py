"""Negotiating with suppliers: a mandate put before people, rounds within it, and a quote as the result."""
