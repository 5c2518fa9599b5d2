"""The verbs a tool may ask of the core, a small protocol for each noun; tools/core_access.py puts them together."""
