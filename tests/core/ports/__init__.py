"""Tests of what the ports promise."""
