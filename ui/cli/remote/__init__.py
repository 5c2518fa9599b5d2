"""Commands through a server: `expediter --server URL COMMAND`, by the same client as the console."""
