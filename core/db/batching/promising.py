"""Quotes of promises in micro-batches: decided on the books a process keeps, written in one statement for many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Self

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from core.db.batching.arrays import texts, wholes
from core.db.batching.queueing import LARGEST_BATCH, InAThread, MicroBatcher
from core.db.batching.writing import ThreadWriter, tried
from core.db.codec import to_json_text
from core.db.locks import lock_key
from core.db.snapshot.resident import Look, ResidentBooks
from core.db.stores.commands import hash_of, is_key
from core.db.stores.promises import TURN, quoted_facts
from core.db.stores.stock_records import notes_of
from core.db.transaction import facts_text
from core.db.unit_of_work import SqlOpener
from core.domain.checking_values import checked
from core.domain.errors import DomainError
from core.domain.ids import UserName
from core.domain.quoting import Quoted, QuoteGiven, QuotePromise
from core.planning.positions import item_position
from core.planning.promising import PromisingRules
from core.planning.promising.kin import Kin
from core.planning.promising.quoting import QuoteSeries

_STATEMENT = (
    b"SELECT changed, outcomes FROM promise_batch("
    b"%b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b)"
)
_DAY_0 = 719_163
_MOST_KIN = 500
# The first try waits for nobody. What was changed meanwhile is decided again while everybody else who promises waits.
_IN_TURN = (False, True, True, True)
Alone = Callable[[UserName, QuotePromise], QuoteGiven]
Rules = Callable[[], PromisingRules]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asked for what; hashed for the caller, not by the writer for all."""

    actor: UserName
    command: QuotePromise
    hashed: str


class PromisingBatcher:
    """Quotes promises for many callers of this process; other processes may do the same at the same time.

    Each is answered as if it came by itself after the one before it. What a batch cannot decide goes `alone`, as the
    ordinary service in a transaction of its own. `rules` are those promised under now.
    """

    def __init__(self, open_uow: SqlOpener, alone: Alone, *, rules: Rules, largest: int = LARGEST_BATCH) -> None:
        self._alone = alone
        self._rules = rules
        self._frozen = open_uow.frozen
        self._resident = open_uow.resident or ResidentBooks()
        self._kin: Kin | None = None
        self._writer = ThreadWriter(open_uow)
        self._thread = InAThread[_Asked, QuoteGiven](self._carry_out)
        self._queue = MicroBatcher[_Asked, QuoteGiven](self._thread, name=_name, largest=largest)

    async def quote(self, actor: UserName, command: QuotePromise) -> QuoteGiven:
        """Promise and hold it, or raise why not; it is committed when this returns."""
        return await self._queue.submit(_Asked(actor, command, hash_of(checked(command))))

    def close(self) -> None:
        """End thread and connection; nobody may be quoting any more."""
        self._thread.close()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _carry_out(self, batch: Sequence[_Asked]) -> list[QuoteGiven | Exception]:
        left = [asked for asked in batch if is_key(asked.command.key)]
        found = dict[int, QuoteGiven]()
        for in_turn in _IN_TURN:
            tried = self._tried(left, in_turn=in_turn) if left else None
            if tried is None:
                break
            left, written = tried
            if written is not None:
                found = {id(asked): quoted.given for asked, quoted in zip(left, written, strict=True)}
                break
        return [found.get(id(asked)) or self._by_itself(asked) for asked in batch]

    def _by_itself(self, asked: _Asked) -> QuoteGiven | Exception:
        return tried(partial(self._alone, asked.actor, asked.command))

    def _tried(self, left: list[_Asked], *, in_turn: bool) -> tuple[list[_Asked], list[Quoted] | None] | None:
        """The commands that may go together and what was written for them, if it was; None where it failed, with
        nothing done."""
        try:
            connection = self._writer.connection()
            if not in_turn:
                return self._decided(connection, left)
            with connection.transaction():
                connection.execute(b"SELECT pg_advisory_xact_lock(%b)", [lock_key(TURN)])
                return self._decided(connection, left)
        except (psycopg.Error, SQLAlchemyError, DomainError):
            self._writer.close()
            return None

    def _decided(
        self, connection: psycopg.Connection[Any], left: list[_Asked]
    ) -> tuple[list[_Asked], list[Quoted] | None] | None:
        look = self._resident.look(connection, self._frozen() if self._frozen else None)
        if look is None:
            return None
        now = self._frozen() if self._frozen else look.at
        series, together, quotes = QuoteSeries(look.snapshot, self._rules()), list[_Asked](), list[Quoted]()
        for asked in left:
            try:
                quotes.append(series.quote(asked.command, now=now))
            except DomainError:
                continue  # the ordinary service says it again, or says that its key was used before
            together.append(asked)
        if not together:
            return [], None
        values = _columns(look, self._matter(look, together), together, quotes, now=now)
        row = connection.execute(_STATEMENT, values, binary=True).fetchone()
        assert row is not None, "the statement always gives one row"
        changed, outcomes = row
        if changed or 1 in outcomes:
            return [asked for asked, outcome in zip(together, outcomes, strict=True) if outcome == 0], None
        return together, quotes

    def _matter(self, look: Look, together: Sequence[_Asked]) -> list[str] | None:
        """The items on which these answers may rest; None where they are very many."""
        snapshot = look.snapshot
        if self._kin is None or not self._kin.is_of(snapshot):
            self._kin = Kin(snapshot)
        items = {item_position(snapshot, ask.item) for asked in together for ask in asked.command.asks}
        found = self._kin.of(items, most=_MOST_KIN)
        return None if found is None else [snapshot.items.code[item] for item in found]


def _name(asked: _Asked) -> str:
    return asked.command.key


def _columns(
    look: Look, matter: Sequence[str] | None, batch: Sequence[_Asked], quotes: Sequence[Quoted], *, now: datetime
) -> list[object]:
    """What `promise_batch` takes, in its order; commands and keys are known by their places, from 1."""
    parts = [
        (command, position, part)
        for command, quoted in enumerate(quotes, start=1)
        for position, part in enumerate(() if quoted.held is None else quoted.held.parts, start=1)
    ]
    keys = sorted({(part.item, part.location) for *_, part in parts})
    place = {key: number for number, key in enumerate(keys, start=1)}
    notes = [note for asked, quoted in zip(batch, quotes, strict=True) for note in _notes(asked.actor, quoted)]
    return [
        lock_key(TURN),
        look.horizon,
        wholes(sorted(look.seen)),
        None if matter is None else texts(matter),
        texts([item for item, _ in keys]),
        texts([where for _, where in keys]),
        texts([asked.command.key for asked in batch]),
        texts([asked.hashed for asked in batch]),
        texts([to_json_text(QuoteGiven, quoted.given) for quoted in quotes]),
        texts([asked.actor for asked in batch]),
        texts([asked.command.customer for asked in batch]),
        texts([quoted.given.quote for quoted in quotes]),
        [quoted.given.expires_at for quoted in quotes],
        wholes([command for command, *_ in parts]),
        wholes([position for _, position, _ in parts]),
        wholes([place[part.item, part.location] for *_, part in parts]),
        wholes([part.quantity for *_, part in parts]),
        wholes([part.held for *_, part in parts]),
        wholes([part.due.toordinal() - _DAY_0 for *_, part in parts]),
        *(texts([note[column] for note in notes]) for column in range(5)),
        now,
    ]


def _notes(actor: UserName, quoted: Quoted) -> list[tuple[str, str, str, str, str]]:
    """Scope, actor, event, subject and facts of all that the audit log keeps of a quote."""
    held = quoted.held
    if held is None:
        return []
    claims = quoted.claims()
    reserved = [
        (scope, actor, "stock_reserved", subject, facts_text(facts))
        for scope, subject, facts in (notes_of(claims) if claims else ())
    ]
    return [*reserved, (f"quote:{held.quote}", actor, "quoted", held.quote, facts_text(quoted_facts(held)))]
