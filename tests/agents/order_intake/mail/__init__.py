"""Tests of order entry."""
