"""Tests of the forms in which other tools show and answer what waits for people."""
