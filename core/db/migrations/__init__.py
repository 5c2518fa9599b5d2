"""The migrations, applied in order by core/db/schema.py."""
