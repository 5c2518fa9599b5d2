"""Doing: how each kind of action is carried out and taken back, both in one file, by family."""
