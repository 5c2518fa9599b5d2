"""Commands through a server."""
