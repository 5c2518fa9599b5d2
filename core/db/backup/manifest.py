"""What a backup says of itself, and how that is counted."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow
from pydantic import BaseModel, ConfigDict, Field

from core.db.roles import JOBS_SCHEMA

SCHEMAS = ("public", JOBS_SCHEMA)
"""What is kept. The agents' checkpoints are not: the books alone say where each case stands (ADR 0010)."""
FORMAT = 1
_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY(%s) ORDER BY 1, 2"""


class Contents(BaseModel):
    """Rows by table, and the end of every audit chain as one digest: equal for equal books."""

    model_config = ConfigDict(frozen=True)

    rows: Mapping[str, int]
    audit_chains: int = Field(ge=0)
    audit_links: int = Field(ge=0)
    audit_digest: str


class Manifest(BaseModel):
    """The first entry of a backup. `sha256` and `size` are those of the dump beside it."""

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    made_at: datetime
    program: str
    revision: str
    company: str | None
    as_of: date | None
    contents: Contents
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=0)


def contents_of(connection: psycopg.Connection[TupleRow]) -> Contents:
    """What a database holds, as its transaction sees it."""
    names = connection.execute(_TABLES, [[*SCHEMAS]]).fetchall()
    rows: dict[str, int] = {}
    for schema, table in names:
        counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        rows[f"{schema}.{table}"] = int(_one(connection.execute(counting)))
    digest, chains, links = hashlib.sha256(), 0, 0
    if "public.audit_heads" in rows:
        with connection.cursor(name="audit_heads") as heads:
            heads.execute('SELECT scope, sequence, hash FROM audit_heads ORDER BY scope COLLATE "C"')
            for scope, sequence, value in heads:
                digest.update(f"{scope}\x1f{sequence}\x1f{value}\x1e".encode())
                chains += 1
        links = rows["public.audit_log"]
    return Contents(rows=rows, audit_chains=chains, audit_links=links, audit_digest=digest.hexdigest())


def _one(cursor: psycopg.Cursor[TupleRow]) -> int:
    found = cursor.fetchone()
    assert found is not None
    return int(found[0])
