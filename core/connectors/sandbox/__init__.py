"""Twins of the systems of other companies, for tests, demos and rehearsals: on loopback, in memory."""
