"""Tests of the model port."""
