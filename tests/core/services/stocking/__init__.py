"""Tests of stock as people work with it."""
