"""The console: a pure client of the API."""
