"""Tests of the connectors, against partners on loopback."""
