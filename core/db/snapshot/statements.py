"""The statements that read the books: each whole, so that what it reads is one moment of the books."""

from enum import Enum
from pathlib import Path

from core.db.snapshot.large import PART

SMALL = "small"
_FOLDER = Path(__file__).parent
_DONE = "'shipped', 'delivered', 'invoiced', 'closed', 'cancelled'"
# Always so, and free; but an aggregate that cannot be put together from parts. Without it processes of the server share
# each large table one after the other, and with it the tables, which overlaps more and costs less.
_WHOLE = "count(DISTINCT 1) FILTER (WHERE false) = 0"
_EVERY_ROW = dict.fromkeys(
    ("of_sales_lines", "of_sales", "of_stock", "of_work", "of_purchase", "of_purchase_lines", "of_transfer"), ""
)
_CHANGED_ROWS = {
    "of_sales_lines": "order_id = ANY(%(sales)s::bigint[]) AND ",
    "of_sales": "id = ANY(%(sales)s::bigint[]) AND ",
    "of_stock": " WHERE item_id = ANY(%(stock)s::bigint[])",
    "of_work": "id = ANY(%(work)s::bigint[]) AND ",
    "of_purchase": "id = ANY(%(purchase)s::bigint[]) AND ",
    "of_purchase_lines": "order_id = ANY(%(purchase)s::bigint[]) AND ",
    "of_transfer": "id = ANY(%(transfer)s::bigint[]) AND ",
}


def _file(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _statement(small: str, *large: str) -> bytes:
    """The rows of that name have the small tables as their columns; every other one is a part of a column of a large
    table."""
    rows = " UNION ALL\n".join((f"SELECT '{SMALL}' AS name, NULL::bytea AS data", *large))
    # S608: every part is a file of ours or a constant.
    return f"""
SELECT l.name, COALESCE(octet_length(l.data), 0) AS size, substring(l.data FROM x.part * {PART} + 1 FOR {PART}) AS part,
       s.*
FROM ({rows}) l
CROSS JOIN LATERAL generate_series(0, COALESCE(octet_length(l.data) - 1, 0) / {PART}) AS x(part)
LEFT JOIN ({small}) s ON l.name = '{SMALL}'""".encode()  # noqa: S608


def _everything(done: str, *more: str) -> bytes:
    # The offset keeps the planner from joining the parts of both in one search, which takes it five times as long.
    small = f"SELECT * FROM ({_file('columns')} OFFSET 0) a CROSS JOIN ({_file('moving')} OFFSET 0) b"  # noqa: S608
    return _statement(small, _file("structure"), _file("large").format(done=done, whole=_WHOLE, **_EVERY_ROW), *more)


class Statement(Enum):
    """All of the books; with the orders that are through, which only contradictory books need; with the changes that
    are in the reading; or the rows that changed."""

    ALL = _everything(_DONE)
    ALL_WITH_DONE = _everything("''")
    FOLLOWED = _everything(_DONE, _file("feed"))
    FOLLOWED_WITH_DONE = _everything("''", _file("feed"))
    CHANGED = _statement(
        _file("moving"), _file("large").format(done=_DONE, whole=_WHOLE, **_CHANGED_ROWS), _file("feed")
    )

    @property
    def follows(self) -> bool:
        """Whether the changes that are in the reading come with it."""
        return self not in (Statement.ALL, Statement.ALL_WITH_DONE)
