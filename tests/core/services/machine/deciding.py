"""Steps of decisions: a plan is put before people, decided about, executed and taken back."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from core.domain.approval import DecisionKind
from core.domain.errors import DomainError
from core.domain.ids import ApprovalId
from core.domain.plans import Action
from core.domain.users import WORKER_NAME
from core.services.execution import ExecutionState, execute
from core.services.undoing import undo
from tests.builders import MARIA, OMAR, buy, expedite, re_promise, transfer
from tests.core.services.machine.books import Books
from tests.core.services.machine.selling import NTH

KINDS = st.sets(st.sampled_from(["transfer", "buy", "expedite", "promise"]), min_size=1)
DECIDED = "SELECT id FROM approvals ORDER BY state NOT IN ('pending', 'approved'), created_at DESC, id"
PROMISED = """
    SELECT o.number, x.line, x.promised, x.ordered - x.shipped - x.cancelled
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    WHERE x.promised IS NOT NULL AND x.ordered > x.shipped + x.cancelled ORDER BY o.id, x.line"""


class Deciding:
    """The rules of plans and decisions."""

    books: Books

    @rule(kinds=KINDS, units=st.integers(1, 30), nth=NTH, days=st.integers(1, 12), also=st.booleans())
    def execute(self, kinds, units, nth, days, also) -> None:
        """Proposed by the agent, approved by a person and, mostly, executed."""
        actions = self._actions(kinds, units, nth, days)
        try:
            approval = self.books.desk.proposed(*actions, root=f"item {self.books.key()}")
            self.books.desk.decide(approval, OMAR if units % 2 else MARIA)
        except DomainError as error:
            self.books.note("propose", error.code)
            self.books.digest = self.books.read_digest()  # the case stays, only the request was refused
            return
        self.books.note("propose", "done")
        self.books.digest = self.books.read_digest()
        if also:
            self._execute(approval.id)

    @rule(nth=NTH, yes=st.booleans())
    def decide(self, nth: int, yes: bool) -> None:
        if (found := self.books.choose(nth, DECIDED)) is None:
            return
        with self.books.desk.open() as uow:
            approval = uow.approvals.get(found[0])
        try:
            kind = DecisionKind.APPROVE if yes else DecisionKind.REJECT
            self.books.desk.decide(approval, OMAR, kind=kind)
        except DomainError as error:
            self.books.unchanged("decide", error.code)
            return
        self.books.note("decide", "done")
        self.books.digest = self.books.read_digest()

    @rule(nth=NTH)
    def execute_again(self, nth: int) -> None:
        if found := self.books.choose(nth, DECIDED):
            self._execute(found[0])

    @rule(nth=NTH)
    def undo(self, nth: int) -> None:
        if (
            found := self.books.choose(nth, "SELECT approval_id FROM effect_ledger ORDER BY executed_at DESC, 1")
        ) is None:
            return
        self.books.ask("undo", undo, ApprovalId(found[0]), MARIA)

    def _execute(self, approval: ApprovalId) -> None:
        before = self.books.digest
        outcome = execute(self.books.desk.open_uow, approval, by=WORKER_NAME)
        self.books.note("execute", outcome.state)
        self.books.digest = self.books.read_digest()
        if outcome.state in {ExecutionState.ALREADY, ExecutionState.WAITING, ExecutionState.REJECTED}:
            assert self.books.digest == before, f"{approval} is {outcome.state} but something changed"

    def _actions(self, kinds: set[str], units: int, nth: int, days: int) -> list[Action]:
        number = self.books.key()[5:]
        actions = list[Action]()
        if "transfer" in kinds:
            actions.append(transfer(units, f"TO-{number}.1A-1"))
        if "buy" in kinds:
            actions.append(buy(units, f"PO-{number}.1A-2"))
        if "expedite" in kinds:
            actions.append(expedite())
        if "promise" in kinds and (found := self.books.choose(nth, PROMISED)):
            order, line, promised, open_units = found
            assert isinstance(promised, date)
            moved = replace(re_promise(order=order, line=line, quantity=open_units), old=promised)
            actions.append(replace(moved, new=promised + timedelta(days=days)))
        return actions or [transfer(units, f"TO-{number}.1A-1")]
