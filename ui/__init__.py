"""Every surface: API, console, client and commands."""
