"""The generator of the demo company."""
