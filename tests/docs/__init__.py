"""Tests of what stands in docs and is more than words."""
