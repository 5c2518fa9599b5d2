"""Tests of the sandbox partners."""
