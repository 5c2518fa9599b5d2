"""Tests that kill: what must hold when a process dies in the midst of its work."""
