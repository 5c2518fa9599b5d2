"""Tests of the console, its client replaced."""
