"""A desk of the small company: puts plans before people by hand, so that a test begins where its story begins."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import LiteralString

import psycopg

from core.db.roles import RoleUrls, dsn_of
from core.domain.approval import Approval, DecisionKind
from core.domain.cases import Case, DetectedCase, ExceptionType
from core.domain.ids import CaseId, OptionId, UserName
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
from core.services.approvals import DecideCommand, decide
from core.services.execution import ExecutionOutcome, execute
from core.services.proposing import ProposeCommand, propose
from core.services.rule_values import values_of
from tests.builders import HOUSTON, MARIA, TODAY, VALVE, day


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
        with psycopg.connect(dsn_of(self.urls.owner)) as connection:
            connection.execute(statement)

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
