"""The tools for other agents, over the Model Context Protocol. Nothing else imports `mcp`."""
