"""Supply at work, in the books of the small company."""
