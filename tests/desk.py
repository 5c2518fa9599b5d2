"""A desk of the small company: puts plans before people by hand, so that a test begins where its story begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import LiteralString
from uuid import uuid4

import psycopg
from sqlalchemy import create_engine, update
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from core.db.roles import RoleUrls, dsn_of
from core.db.rows import UserRow
from core.db.stores.master_data import SqlMasterDataStore
from core.db.transaction import Transaction
from core.domain.approval import Approval, DecisionKind
from core.domain.cases import Case, DetectedCase, ExceptionType
from core.domain.ids import CaseId, OptionId, UserName
from core.domain.master_data import MasterDataKind, RequestState
from core.domain.options import Option
from core.domain.plans import Action, RePromise, committed_money, plan_of
from core.domain.proposals import Advice, AdviceSource
from core.domain.tiers import tier_of
from core.domain.users import AGENT_NAME, WORKER_NAME, User
from core.planning.forecasting import forecast
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from core.planning.snapshot import Snapshot
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.services.accounts import AgreeToPerson, LetIn, add_user, agree_to_person, waiting
from core.services.approvals import DecideCommand, decide
from core.services.execution import ExecutionOutcome, execute
from core.services.price_publishing import DecidePrices, decide_prices
from core.services.proposing import ProposeCommand, propose
from core.services.rule_values import values_of
from tests.builders import HOUSTON, MARIA, OMAR, TODAY, VALVE, day

_WATCHED = (
    "bom_components", "calendars", "carriers", "configurable_products", "customer_addresses", "customer_items",
    "customers", "discounts", "downtimes", "feed_limits", "freight_rates", "item_alternates", "items", "lanes",
    "locations", "operation_alternates", "operations", "price_breaks", "price_list_lines", "price_lists", "quotas",
    "settings", "supplier_items", "suppliers", "tariff_rules", "unit_conversions", "users", "work_centers",
)  # fmt: skip
_OF_MASTER_DATA = re.compile(rf"\b(?:UPDATE|INTO|FROM)\s+(?:{'|'.join(_WATCHED)})\b", re.IGNORECASE)


@dataclass(slots=True)
class Clock:
    """The time of a frozen world."""

    now: datetime = field(default=datetime(2024, 10, 4, 9, 0, tzinfo=UTC))

    def read(self) -> datetime:
        """The time it is."""
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let hours or minutes pass."""
        self.now += timedelta(**span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The small company's books under the application's rights and under the agents', and its clock."""

    open_uow: OpenUnitOfWork
    open_agent_uow: OpenUnitOfWork
    clock: Clock
    urls: RoleUrls

    @property
    def database(self) -> str:
        """The name of the database."""
        return self.urls.app.rpartition("/")[2]

    def open(self, actor: UserName = MARIA.name) -> UnitOfWork:
        """A unit of work of Maria, or of somebody else."""
        return self.open_uow(actor)

    def snapshot(self) -> Snapshot:
        """The books as they are now."""
        with self.open() as uow:
            return uow.snapshot()

    def alter(self, statement: LiteralString) -> None:
        """Something happens to the books that is none of our doing."""
        engine = create_engine(self.urls.owner, poolclass=NullPool)
        with Session(engine) as session, session.begin():
            if _OF_MASTER_DATA.search(statement):
                come_through_every_door(Transaction(session=session, actor=MARIA.name, now=self.clock.now))
            raw = session.connection().connection.driver_connection
            assert isinstance(raw, psycopg.Connection)
            raw.execute(statement)

    def let_in(self, *people: User, password_hash: str | None = None) -> None:
        """People who may act here from now on, as Omar asked and Maria agreed."""
        let_in(self.open_uow, *people, password_hash=password_hash)

    def agreed_prices(self) -> str:
        """A request for prices that Omar made and Maria agreed to; what is done under it is up to the test."""
        with self.open() as uow:
            transaction = uow.master_data.transaction  # type: ignore[attr-defined]  the store of the database
            return agreed_request(transaction, MasterDataKind.PRICES, asking=MARIA)

    def become(self, user: User) -> None:
        """Somebody who is known here gets another role or limit, as Omar asked and Maria agreed."""
        engine = create_engine(self.urls.owner, poolclass=NullPool)
        with Session(engine) as session, session.begin():
            transaction = Transaction(session=session, actor=MARIA.name, now=self.clock.now)
            come_through_every_door(transaction, asking=LetIn(name=user.name, role=user.role, limit=user.limit))
            values = {"role": user.role.value, "money_limit": user.limit}
            session.execute(update(UserRow).where(UserRow.name == user.name).values(values))

    def wait_for(self, on: date) -> None:
        """Let time pass until ten in the morning of a day in Houston; the clock never goes back."""
        self.clock.now = max(self.clock.now, datetime(on.year, on.month, on.day, 15, tzinfo=UTC))

    def until_somebody_waits(self) -> None:
        """Come back when a transaction of this database waits for a lock that another one holds."""
        waiting = """
            SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE datname = current_database() AND NOT granted"""
        with psycopg.connect(dsn_of(self.urls.app), autocommit=True) as connection:
            seen = (connection.execute(waiting).fetchone() for _ in range(50_000))
            assert any(count != (0,) for count in seen), "nobody waits"

    def offered(self, *plans: Sequence[Action], root: str = "item VALVE-3@HOUSTON") -> tuple[Case, tuple[Option, ...]]:
        """A case with an option for each plan, simulated on the books as they are."""
        with self.open() as uow:
            if uow.cases.last_scan() is None:
                uow.cases.record_scan(as_of=TODAY, rules=values_of(ScanRules()), figures={})
            case = uow.cases.open(detected(root), on=TODAY, deadline=None)
            uow.cases.start_round(case.id)
            books = uow.snapshot()
            made = tuple(
                option(case.id, tuple(actions), books, letter=letter)
                for letter, actions in zip("ABCDE", plans, strict=False)
            )
            uow.cases.save_options(case.id, made, (), deadline=None)
            return uow.cases.get(case.id), made

    def propose(self, chosen: Option, *, by: UserName = AGENT_NAME) -> Approval:
        """The option put before people."""
        with self.open(by) as uow:
            return propose(uow, command(chosen, by=by))

    def proposed(self, *actions: Action, root: str = "item VALVE-3@HOUSTON") -> Approval:
        """A case whose only option has these actions, put before people by the agent."""
        _, (only,) = self.offered(actions, root=root)
        return self.propose(only)

    def decide(
        self,
        approval: Approval,
        user: User = MARIA,
        *,
        kind: DecisionKind = DecisionKind.APPROVE,
        plan_hash: str | None = None,
        comment: str = "agreed",
    ) -> Approval:
        """One person's word on it, by default Maria's yes to the plan as it is."""
        said = DecideCommand(
            approval=approval.id,
            plan_hash=plan_hash or approval.plan_hash,
            kind=kind,
            comment=comment,
            channel="console",
        )
        with self.open(user.name) as uow:
            return decide(uow, said, user)

    def approved(self, *actions: Action, by: Sequence[User] = (MARIA,)) -> Approval:
        """A plan of these actions, approved."""
        approval = self.proposed(*actions)
        for user in by:
            approval = self.decide(approval, user)
        return approval

    def execute(self, approval: Approval) -> ExecutionOutcome:
        """The worker asks for its execution."""
        return execute(self.open_uow, approval.id, by=WORKER_NAME)

    def executed(self, *actions: Action) -> Approval:
        """A plan of these actions, approved and executed."""
        approval = self.approved(*actions)
        self.execute(approval)
        with self.open() as uow:
            return uow.approvals.get(approval.id)


def let_in(open_uow: OpenUnitOfWork, *people: User, password_hash: str | None = None) -> None:
    """People who may act from now on, as Omar asked and Maria agreed."""
    with open_uow(OMAR.name) as uow:
        for user in people:
            add_user(uow, user, token=f"token of {user.name}", password_hash=password_hash)
    with open_uow(MARIA.name) as uow:
        for user in people:
            request = waiting(uow, user.name)
            assert request is not None
            said = AgreeToPerson(
                key=request.code, name=user.name, digest=request.digest, agree=True, comment="we need them"
            )
            agree_to_person(uow, said)


def published(uow: UnitOfWork, request: str, digest: str) -> str:
    """What was asked for is agreed to by the one who acts."""
    said = DecidePrices(key=f"agree {request}"[:200], request=request, digest=digest, agree=True, comment="as agreed")
    return decide_prices(uow, said).code


def come_through_every_door(transaction: Transaction, *, asking: object = None) -> None:
    """This transaction may change any master data: everything it does was asked for by Omar, and Maria agreed."""
    for kind in MasterDataKind:
        if kind is MasterDataKind.CONFIGURATION:
            continue  # only variants are born by that door, whole
        code: str | None = None
        if kind in {MasterDataKind.PRICES, MasterDataKind.PEOPLE, MasterDataKind.POLICY}:
            code = agreed_request(transaction, kind, asking=asking or MARIA)
        transaction.declare(kind, scope="by hand", event="changed_by_hand", subject=kind.value, facts={}, request=code)


def agreed_request(transaction: Transaction, kind: MasterDataKind, *, asking: object) -> str:
    """A request of Omar that Maria, who acts, agreed to."""
    code = str(uuid4())
    asked = SqlMasterDataStore(replace(transaction, actor=OMAR.name))
    asked.ask(code=code, kind=kind, subject=code, command=asking)
    SqlMasterDataStore(transaction).decide(code, to=RequestState.AGREED, comment="by hand")
    transaction.session.flush()
    return code


def detected(root: str = "item VALVE-3@HOUSTON", *, exposure: str = "1000.00") -> DetectedCase:
    """What a scan would say of the valves that Houston lacks."""
    return DetectedCase(
        type=ExceptionType.DEMAND_SHORTAGE,
        root=root,
        cause="uncovered",
        title="25 VALVE-3 are missing at HOUSTON",
        item=VALVE,
        location=HOUSTON,
        lacking=25,
        needed_by=day(5),
        exposure=Decimal(exposure),
        best_tier=1,
        impacts=(),
        fixes=(),
    )


def option(case: CaseId, actions: tuple[Action, ...], books: Snapshot, *, letter: str = "A") -> Option:
    """An option of the first planning round with its forecast simulated."""
    name = OptionId(f"{case}-1{letter}")
    plan = plan_of(case=case, option=name, actions=actions, currency="USD")
    after = apply(books, actions)
    moved = frozenset((action.order, action.line) for action in actions if isinstance(action, RePromise))
    return Option(
        id=name,
        case=case,
        letter=letter,
        title="Made by hand",
        plan=plan,
        tier=tier_of(plan),
        cost_terms=(),
        total_cost=plan.cost,
        objective=committed_money(plan),
        deadline=day(2),
        changes=(),
        lines_helped=0,
        lines_hurt=0,
        lines_recovered=0,
        promises_moved=0,
        customers_affected=(),
        exposure_before=Decimal("1000.00"),
        exposure_after=Decimal(0),
        forecast=forecast(after, net(after, ScanRules()), touched=moved),
        undo="as it was done",
        feasibility=(),
    )


def command(chosen: Option, *, by: UserName = AGENT_NAME) -> ProposeCommand:
    """The wish to put an option before people."""
    advice = Advice(source=AdviceSource.RULES, option=chosen.id, text="the cheapest that helps")
    return ProposeCommand(case=chosen.case, option=chosen.id, advice=advice, proposed_by=by)
