"""Negotiations with suppliers: bounds, mandates, rounds and moves; values and rules, no I/O."""
