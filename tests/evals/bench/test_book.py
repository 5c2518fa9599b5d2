"""The synthetic book is the same whether it is made in memory or read back from a database."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.bootstrap.databases import load_company
from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls
from core.domain.ids import UserName
from core.planning.snapshot import NO_ITEM_TERMS, NO_SOURCE_TERMS, Snapshot
from core.services.checking import check
from evals.bench.book import AS_OF, SMALL, draw
from evals.bench.book_columns import snapshot_of
from evals.bench.book_company import company_of

_Column: TypeAlias = NDArray[np.generic] | Sequence[str] | str | int
LINES = 400


def test_the_same_seed_draws_the_same_book_and_another_seed_another() -> None:
    assert _differences(snapshot_of(draw(LINES, shape=SMALL)), snapshot_of(draw(LINES, shape=SMALL))) == []
    assert _differences(snapshot_of(draw(LINES, shape=SMALL)), snapshot_of(draw(LINES, seed=2, shape=SMALL))) != []


def test_what_a_database_gives_back_is_what_was_drawn(role_urls: RoleUrls) -> None:
    book = draw(LINES, shape=SMALL)

    load_company(role_urls, company_of(book), content_hash="book")

    with open_books(role_urls.app) as books, books(UserName("bench")) as uow:
        read, broken = uow.snapshot(), check(uow)
    assert read.as_of == AS_OF
    assert _differences(read, snapshot_of(book)) == []
    assert [law.broken for law in broken if law.broken] == []


def test_an_empty_book_is_one_too() -> None:
    assert snapshot_of(draw(0, shape=SMALL)).demand.quantity.size == 0


def _differences(one: Snapshot, other: Snapshot) -> list[str]:
    """Names of columns that are not equal; terms that say nothing beyond the defaults are left out."""
    found = list[str]()
    for table in fields(Snapshot):
        left, right = getattr(one, table.name), getattr(other, table.name)
        if any(right is silent for silent in (NO_ITEM_TERMS, NO_SOURCE_TERMS)):
            continue
        if is_dataclass(left):
            names = (column.name for column in fields(left))
            found += [f"{table.name}.{n}" for n in names if not _same(getattr(left, n), getattr(right, n))]
        elif not _same(left, right):
            found.append(table.name)
    return found


def _same(left: _Column, right: _Column) -> bool:
    if isinstance(left, np.ndarray):
        return np.array_equal(left, np.asarray(right))
    if isinstance(left, str | int) or isinstance(right, str | int):
        return left == right
    return [*left] == [*right]
