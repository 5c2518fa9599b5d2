"""Letters to suppliers: drafted from facts, put before people, sent once, and what comes back read and settled."""
