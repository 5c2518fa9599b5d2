"""Reconciling: a later pack of the same company against what we hold, row by row and by business key."""
