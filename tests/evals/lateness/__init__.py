"""Tests of the lateness evaluation."""
