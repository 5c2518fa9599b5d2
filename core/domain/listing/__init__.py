"""Lists of the books, a page at a time: what may be asked of each, and what a row of it says."""
