"""Traces of runs: one run is one trace; its steps are spans named as OpenTelemetry's GenAI conventions have it."""
