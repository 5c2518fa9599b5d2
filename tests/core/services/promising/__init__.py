"""Tests of promising as a service."""
