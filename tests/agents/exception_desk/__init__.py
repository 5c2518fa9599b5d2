"""Tests of the exception desk."""
