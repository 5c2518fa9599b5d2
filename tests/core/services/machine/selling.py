"""Steps of sales: orders entered, confirmed, amended, held and cancelled; supply quoted and lines locked."""

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import rule

from core.domain.amendments import Amendment, CancelOpen, Change, ChangeDate, ChangeItem, ChangeQuantity
from core.domain.backorders import DatedUnits, Override, RunKept, RunRule
from core.domain.holds import HoldKind, HoldNo
from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.order_entry import EnterOrder, WantedLine
from core.domain.order_terms import Channel, Strategy
from core.domain.promising import Ask
from core.domain.users import User
from core.planning.allocation.backorders import RunProblem
from core.services.allocating.locking import Decommit, LockLine, decommit, lock_line
from core.services.allocating.running import CommitRun, SimulateRun, commit_run, simulate_run
from core.services.holding import HoldOrder, ReleaseHold, hold_order, release_hold
from core.services.ordering.amending import AmendOrder, CancelOrder, amend, cancel_order
from core.services.ordering.entering import enter_order
from core.services.ordering.previewing import preview_amendment
from core.services.promising import ConfirmOrder, QuotePromise, WithdrawQuote, confirm, quote, withdraw_quote
from tests.builders import HARBOR, HOUSTON, MARIA, MESA, OMAR, PUMP, RENO, SEAL, VALVE, day
from tests.core.services.machine.books import Books

NTH = st.integers(0, 11)
UNITS = st.sampled_from([1, 2, 5, 8, 13, 25, 60])
DAYS = st.integers(0, 40)
ITEMS = st.sampled_from([VALVE, SEAL, PUMP])
SITES = st.sampled_from([HOUSTON, RENO])
ORDERS = "SELECT number, version FROM sales_orders ORDER BY id"
OF_STATE = "SELECT number, version FROM sales_orders WHERE state = ANY(%s) ORDER BY id"
LINES = """
    SELECT o.number, x.line, o.version FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    WHERE x.state NOT IN ('cancelled', 'closed') ORDER BY o.id, x.line"""
LINES_AT = """
    SELECT o.number, x.line FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    JOIN items i ON i.id = x.item_id JOIN locations l ON l.id = COALESCE(x.node_id, o.ship_from_id)
    WHERE x.state IN ('confirmed', 'allocated') AND i.code = %s AND l.code = %s ORDER BY o.id, x.line"""
STRATEGIES = "SELECT o.number, x.line, x.strategy FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id"
KEEPING = frozenset({Strategy.SKIP, Strategy.GAIN, Strategy.IMPROVE})
HOLDS = "SELECT id FROM holds WHERE released_at IS NULL ORDER BY id"


class Selling:
    """The rules of sales."""

    books: Books

    @rule(
        lines=st.lists(st.tuples(ITEMS, UNITS, DAYS), min_size=1, max_size=3),
        customer=st.sampled_from([HARBOR, MESA]),
        site=SITES,
        complete=st.booleans(),
    )
    def order(self, lines, customer, site, complete) -> None:
        key = self.books.key()
        wanted = tuple(WantedLine(item=i, quantity=q, requested=day(d)) for i, q, d in lines)
        entry = EnterOrder(
            key=key,
            number=OrderNo(f"SO-{key[5:]}N"),
            customer=customer,
            customer_po=f"po {key}",
            channel=Channel.EMAIL,
            lines=wanted,
            ship_from=site,
            ship_complete=complete,
        )
        self.books.ask("order", enter_order, entry)

    @rule(nth=NTH)
    def confirm(self, nth: int) -> None:
        if (found := self.books.choose(nth, OF_STATE, ["validated"])) is None:
            return
        command = ConfirmOrder(key=self.books.key(), order=found[0], version=found[1])
        self.books.ask("confirm", confirm, command)

    @rule(nth=NTH, units=UNITS, days=DAYS, item=ITEMS, kind=st.sampled_from(["quantity", "date", "item", "cancel"]))
    def amend(self, nth: int, units: int, days: int, item: ItemCode, kind: str) -> None:
        if (found := self.books.choose(nth, LINES)) is None:
            return
        number, line, version = found
        changes: dict[str, Change] = {
            "quantity": ChangeQuantity(line=line, quantity=units),
            "date": ChangeDate(line=line, requested=day(days)),
            "item": ChangeItem(line=line, item=item),
            "cancel": CancelOpen(line=line),
        }
        amendment = Amendment(order=number, changes=(changes[kind],), reason="the customer said so")
        shown = self.books.ask("preview", preview_amendment, amendment).result
        if shown is None:
            return
        command = AmendOrder(key=self.books.key(), amendment=amendment, version=version, preview_digest=shown.digest)
        self.books.ask(f"amend {kind}", amend, command)

    @rule(nth=NTH, whole=st.booleans())
    def cancel(self, nth: int, whole: bool) -> None:
        if (found := self.books.choose(nth, LINES)) is None:
            return
        number, line, version = found
        command = CancelOrder(
            key=self.books.key(), order=number, version=version, reason="not needed", line=None if whole else line
        )
        self.books.ask("cancel", cancel_order, command)

    @rule(nth=NTH, one_line=st.booleans(), kind=st.sampled_from([HoldKind.MANUAL, HoldKind.QUALITY]))
    def hold(self, nth: int, one_line: bool, kind: HoldKind) -> None:
        if (found := self.books.choose(nth, LINES)) is None:
            return
        command = HoldOrder(
            key=self.books.key(), order=found[0], kind=kind, why="look at it", line=found[1] if one_line else None
        )
        self.books.ask("hold", hold_order, command)

    @rule(nth=NTH, who=st.sampled_from([MARIA, OMAR]))
    def release_hold(self, nth: int, who: User) -> None:
        if (found := self.books.choose(nth, HOLDS)) is None:
            return
        command = ReleaseHold(key=self.books.key(), hold=HoldNo(f"HOLD-{found[0]}"), why="looked at")
        self.books.ask("release hold", release_hold, command, by=who.name)

    @rule(item=ITEMS, site=SITES, units=UNITS, days=DAYS)
    def quote(self, item: ItemCode, site: LocationCode, units: int, days: int) -> None:
        ask = Ask(item=item, location=site, quantity=units, requested=day(days))
        command = QuotePromise(key=self.books.key(), asks=(ask,), minutes=30)
        self.books.ask("quote", quote, command)

    @rule(nth=NTH)
    def withdraw_quote(self, nth: int) -> None:
        query = "SELECT DISTINCT quote FROM promise_quotes WHERE state = 'open' ORDER BY 1"
        if (found := self.books.choose(nth, query)) is None:
            return
        command = WithdrawQuote(key=self.books.key(), quote=found[0])
        self.books.ask("withdraw quote", withdraw_quote, command)

    @rule(
        item=ITEMS,
        site=SITES,
        nth=NTH,
        strategy=st.sampled_from([None, *Strategy]),
        units=UNITS,
        by=st.sampled_from(RunRule),
        lot=st.integers(1, 4),
    )
    def reallocate(self, item, site, nth, strategy, units, by, lot) -> None:
        overrides = ()
        if strategy is not None and (found := self.books.choose(nth, LINES_AT, item, site)):
            most = units if strategy is Strategy.REDISTRIBUTE else None
            overrides = (
                Override(order=found[0], line=found[1], reason="a person's word", strategy=strategy, at_most=most),
            )
        key = self.books.key()
        ask = SimulateRun(key=key, code=f"R-{key[5:]}", item=item, location=site, rule=by, lot=lot, overrides=overrides)
        run = self.books.ask("simulate run", simulate_run, ask).result
        if run is not None:
            assert self._broken_floors(run) == []
            command = CommitRun(key=self.books.key(), code=run.code, digest=run.digest)
            self.books.ask("commit run", commit_run, command, MARIA)

    def _broken_floors(self, run: RunKept) -> list[str]:
        """The lines that keep what they have, and would have less of it on some day though a person is not told."""
        ways = {(order, line): Strategy(way) for order, line, way in self.books.rows(STRATEGIES)}
        ways |= {(one.order, one.line): one.strategy for one in run.overrides if one.strategy is not None}
        cut = {one.subject for one in run.outcome.issues if one.problem == RunProblem.FLOOR_INFEASIBLE.value}
        return [
            f"{line.order}/{line.line} on {part.on}"
            for line in run.outcome.lines
            for part in line.before
            if ways[line.order, line.line] in KEEPING and f"{line.order}/{line.line}" not in cut
            if _by(line.after, part.on) < _by(line.before, part.on)
        ]

    @rule(nth=NTH, what=st.sampled_from(["lock", "unlock", "give up"]))
    def lock(self, nth: int, what: str) -> None:
        if (found := self.books.choose(nth, LINES)) is None:
            return
        key, order, line = self.books.key(), found[0], found[1]
        if what == "give up":
            given = Decommit(key=key, order=order, line=line, reason="somebody else needs it")
            self.books.ask("give up", decommit, given)
        else:
            locked = LockLine(key=key, order=order, line=line, locked=what == "lock", reason="as agreed")
            self.books.ask("lock", lock_line, locked)


def _by(portions: Sequence[DatedUnits], day: date) -> int:
    return sum(one.quantity for one in portions if one.on <= day)


__all__ = ["DAYS", "ITEMS", "NTH", "SITES", "UNITS", "Selling"]
