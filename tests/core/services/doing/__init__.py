"""Tests of doing and undoing by family."""
