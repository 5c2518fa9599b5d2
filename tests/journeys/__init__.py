"""The three stories, end to end; each reads as a page of the manual."""
