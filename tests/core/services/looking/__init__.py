"""Tests of looking things up."""
