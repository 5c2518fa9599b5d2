"""Webhooks out: who is told, what there is to tell, and telling it."""
