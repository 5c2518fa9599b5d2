"""Tests of putting the program together."""
