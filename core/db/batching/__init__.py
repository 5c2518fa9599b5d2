"""Micro-batches: many callers, one writer at a time, one commit for all that waited meanwhile."""
