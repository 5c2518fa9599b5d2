"""Statistics of freshly loaded tables, so that the first questions are planned by what is there."""

import psycopg

from core.db.roles import RoleUrls, dsn_of


def gather_statistics(urls: RoleUrls) -> None:
    """Count what the tables hold; the server does the same by itself, a minute or more after a load."""
    with psycopg.connect(dsn_of(urls.owner), autocommit=True) as connection:
        connection.execute("ANALYZE")
