"""Tests of the database layer, on a real server."""
