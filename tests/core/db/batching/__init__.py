"""Tests of micro-batches."""
