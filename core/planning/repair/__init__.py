"""Repair: the few best ways out of a case, built from blocks, simulated, priced and ranked."""
