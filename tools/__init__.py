"""The only way an agent touches the core: typed tools, READ or PROPOSE."""
