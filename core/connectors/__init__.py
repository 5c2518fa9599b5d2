"""The systems of other companies: one file for each port, and a sandbox twin of each."""
