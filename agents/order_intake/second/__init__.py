"""The second reader: plain patterns that know nothing of how the first one reads, and say less rather than guess."""
