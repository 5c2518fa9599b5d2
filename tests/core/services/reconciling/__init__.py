"""Tests of reconciling later packs."""
