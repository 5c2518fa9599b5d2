"""Putting the program together: databases, units of work and partners, for the process edges."""
