"""Tests of promising."""
