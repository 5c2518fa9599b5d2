"""Tests of the bulk reader."""
