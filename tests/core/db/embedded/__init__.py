"""Tests of the launcher, with real processes killed for real."""
