"""Tests of the comparison with frePPLe."""
