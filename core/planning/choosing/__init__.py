"""Choosing resolutions for all shortages together: a problem value in, a plan value out; nothing else is read."""
