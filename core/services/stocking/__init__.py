"""Stock as people work with it: lots that may or may not be used, counts, adjustments, and the way of material."""
