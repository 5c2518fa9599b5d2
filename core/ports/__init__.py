"""Protocols the services need: what the core asks of storage, suppliers, mail and the clock."""
