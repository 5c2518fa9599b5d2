"""Tests of what goes wrong at the demo company after its books were loaded."""
