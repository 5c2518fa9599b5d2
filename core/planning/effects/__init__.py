"""Effects: what each kind of action does to the columns of a snapshot, row for row as execution writes it."""
