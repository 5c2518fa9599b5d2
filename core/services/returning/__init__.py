"""Returning: RMAs from the request to the refund or exchange, and what becomes of the goods."""
