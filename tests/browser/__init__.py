"""Journeys in a real Chromium against `expediter serve` on PostgreSQL: `make test-browser`."""
