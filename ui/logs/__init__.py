"""The log: what is written to it, in which form, and what never gets there."""
