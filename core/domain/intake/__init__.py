"""Order entry from free text: what was received, what it says word for word, and the draft order it becomes."""
