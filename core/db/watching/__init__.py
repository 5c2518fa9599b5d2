"""The facts of detection as SQL, one file a topic: each query gives the records of one kind, sorted by their key."""
