"""Tests of the company pack reader."""
