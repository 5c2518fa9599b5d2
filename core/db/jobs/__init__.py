"""The queue of jobs on the same database: Procrastinate's tables, in a schema of their own."""
