"""Two workers on one database, one of them killed again and again: what must hold all the same."""
