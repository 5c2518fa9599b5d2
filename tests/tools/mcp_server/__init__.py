"""Tests of the tools over the Model Context Protocol."""
