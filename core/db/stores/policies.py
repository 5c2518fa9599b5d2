"""Versions of the policy, demotions, and what rules decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from core.db.codec import from_json, to_json
from core.db.rows import (
    ApprovalRow,
    DemotionRow,
    MasterDataRequestRow,
    PolicyRow,
    RuleDecisionRow,
    RuleDecisionScopeRow,
)
from core.db.stores.approvals import SqlApprovalStore
from core.db.stores.master_data import SqlMasterDataStore
from core.db.transaction import Transaction
from core.domain.approval import Approval
from core.domain.ids import ApprovalId, UserName
from core.domain.master_data import MasterDataKind, MasterDataRequest
from core.domain.policies import Demotion, Policy, PolicyVersion

SUBJECT = "policy"
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('expediter:sums of rules', 0))")


@dataclass(frozen=True, slots=True)
class SqlPolicyStore:
    """The policy as this transaction sees it."""

    transaction: Transaction

    def current(self) -> PolicyVersion:
        """The newest version."""
        newest = select(PolicyRow).order_by(PolicyRow.number.desc()).limit(1)
        return _version(self.transaction.session.scalars(newest).one())

    def history(self) -> tuple[PolicyVersion, ...]:
        """Every version, newest first."""
        rows = self.transaction.session.scalars(select(PolicyRow).order_by(PolicyRow.number.desc()))
        return tuple(_version(row) for row in rows)

    def add(self, version: PolicyVersion, *, request: str) -> None:
        """A new version, under the request that was agreed to."""
        self.transaction.declare(
            MasterDataKind.POLICY,
            scope=SUBJECT,
            event="policy_changed",
            subject=version.policy.version,
            facts={"number": version.number, "reason": version.reason, "by": version.author},
            request=request,
        )
        row = PolicyRow(
            number=version.number,
            version=version.policy.version,
            content=to_json(Policy, version.policy),
            reason=version.reason,
            author=version.author,
            agreed_by=version.agreed_by,
            effective_at=version.effective_at,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()

    def asked(self) -> int:
        """How many changes were ever asked for."""
        row = MasterDataRequestRow
        count = select(func.count()).select_from(row).where(row.kind == MasterDataKind.POLICY.value)
        return self.transaction.session.scalars(count).one()

    def waiting(self) -> MasterDataRequest | None:
        """The change that waits."""
        return SqlMasterDataStore(self.transaction).pending(MasterDataKind.POLICY, SUBJECT)

    def demotions(self, number: int) -> tuple[Demotion, ...]:
        """What acts no longer under a version."""
        query = select(DemotionRow).where(DemotionRow.policy_number == number).order_by(DemotionRow.id)
        rows = self.transaction.session.scalars(query)
        return tuple(Demotion(rule=row.rule, number=row.policy_number, why=row.why, at=row.recorded_at) for row in rows)

    def demote(self, demotion: Demotion, *, approval: ApprovalId) -> bool:
        """Take a rule down at once."""
        statement = insert(DemotionRow).values(
            rule=demotion.rule,
            policy_number=demotion.number,
            approval_id=approval,
            why=demotion.why,
            recorded_at=demotion.at,
        )
        added = self.transaction.session.scalars(
            statement.on_conflict_do_nothing().returning(DemotionRow.id)
        ).one_or_none()
        if added is not None:
            facts = {"why": demotion.why, "approval": approval, "policy": demotion.number}
            self.transaction.note(scope=SUBJECT, event="rule_demoted", subject=demotion.rule, facts=facts)
        return added is not None

    def judged_since(self, since: datetime) -> tuple[Approval, ...]:
        """The approvals asked for since then."""
        return SqlApprovalStore(self.transaction).where(ApprovalRow.created_at >= since)


@dataclass(frozen=True, slots=True)
class SqlRulingStore:
    """What rules decided."""

    transaction: Transaction

    def lock_sums(self) -> None:
        """Hold the sums until the transaction ends."""
        self.transaction.session.execute(_LOCK)

    def sums(self, scope: str, day: date) -> tuple[Decimal, int]:
        """Money and number of a day."""
        row, of = RuleDecisionRow, RuleDecisionScopeRow
        query = select(func.coalesce(func.sum(row.money), 0), func.count()).join(of, of.approval_id == row.approval_id)
        money, count = self.transaction.session.execute(query.where(of.scope == scope, row.day == day)).one()
        return Decimal(money), count

    def record(self, approval: Approval, *, rule: str, version: str, day: date, scopes: Sequence[str]) -> None:
        """The yes of a rule."""
        values = {
            "approval_id": approval.id,
            "rule": rule,
            "policy_version": version,
            "plan_hash": approval.plan_hash,
            "money": approval.money,
            "day": day,
            "decided_at": self.transaction.now,
        }
        session = self.transaction.session
        session.execute(insert(RuleDecisionRow).values(values))
        session.execute(
            insert(RuleDecisionScopeRow), [{"approval_id": approval.id, "scope": scope} for scope in scopes]
        )
        facts = {"rule": rule, "policy": version, "plan_hash": approval.plan_hash, "scopes": list(scopes)}
        scope = f"case:{approval.case}"
        self.transaction.note(scope=scope, event="decided_by_rule", subject=approval.id, facts=facts)


def _version(row: PolicyRow) -> PolicyVersion:
    return PolicyVersion(
        number=row.number,
        policy=from_json(Policy, row.content),
        reason=row.reason,
        author=UserName(row.author),
        agreed_by=UserName(row.agreed_by),
        effective_at=row.effective_at,
    )
