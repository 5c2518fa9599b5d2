"""The law of the audit log: everything is in it, and every chain is whole."""

from collections.abc import Iterator

from sqlalchemy import collate, select
from sqlalchemy.orm import Session

from core.db.laws.law import Invariant
from core.db.rows import AuditHeadRow, AuditRow
from core.domain.audit_chain import AuditHead, AuditLink, chain_faults

AUDIT_CHAIN = Invariant(
    name="I11",
    says="every decision, effect and moved promise is in the audit log; each chain that must be there is, and is whole",
    queries=(
        """
    SELECT format('effect of %s is not in the audit log', e.approval_id) FROM effect_ledger e
    WHERE NOT EXISTS (SELECT 1 FROM audit_log l WHERE l.event = 'executed' AND l.subject = e.approval_id)
    UNION ALL
    SELECT format('decision of %s on %s is not in the audit log', d.user_name, d.approval_id)
    FROM approval_decisions d WHERE NOT EXISTS (SELECT 1 FROM audit_log l
        WHERE l.event = 'decision_' || d.kind AND l.subject = d.approval_id
          AND CASE WHEN l.facts IS JSON THEN l.facts::jsonb->>'by' END = d.user_name)
    UNION ALL
    SELECT format('promise of order %s/%s for %s is not in the audit log', o.number, p.line, p.new)
    FROM promise_records p JOIN sales_orders o ON o.id = p.order_id
    WHERE p.proposal_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_log l WHERE l.event = 'promise_moved'
        AND l.subject = o.number || '/' || p.line
        AND CASE WHEN l.facts IS JSON THEN l.facts::jsonb->>'new' END = p.new::text)
    UNION ALL
    SELECT format('request of %s is not in the audit log', a.id) FROM approvals a
    WHERE NOT EXISTS (SELECT 1 FROM audit_log l WHERE l.event = 'approval_requested' AND l.subject = a.id)
    UNION ALL
    SELECT DISTINCT format('audit chain ''%s'' is missing', w.scope) FROM (
        SELECT 'case:CASE-' || id AS scope FROM cases
        UNION ALL SELECT 'company' FROM settings
        UNION ALL SELECT 'user:' || name FROM users
        UNION ALL SELECT 'approval:' || approval_id FROM effect_ledger
        UNION ALL SELECT 'order:' || o.number FROM promise_records p JOIN sales_orders o ON o.id = p.order_id
            WHERE p.proposal_id IS NOT NULL
        UNION ALL SELECT 'purchase:' || number FROM purchase_orders WHERE proposal_id IS NOT NULL
        UNION ALL SELECT 'transfer:' || number FROM transfer_orders WHERE proposal_id IS NOT NULL
        UNION ALL SELECT 'outbox:' || key FROM outbox) w
    LEFT JOIN audit_heads h ON h.scope = w.scope WHERE h.scope IS NULL""",
    ),
)


def broken_links(session: Session) -> Iterator[str]:
    """The audit chains that were edited, reordered or cut, found by hashing every link again."""
    for fault in chain_faults(enumerate(kept_links(session), start=1), enumerate(kept_heads(session), start=1)):
        yield f"audit chain {fault.scope!r} {fault.says}"


def kept_links(session: Session) -> Iterator[AuditLink]:
    """Every link, chain by chain in the order of scopes, a thousand at a time."""
    query = select(AuditRow).order_by(collate(AuditRow.scope, "C"), AuditRow.sequence)
    return (link_of(row) for row in session.scalars(query.execution_options(yield_per=1000)))


def kept_heads(session: Session) -> Iterator[AuditHead]:
    """The head of every chain in the order of scopes."""
    query = select(AuditHeadRow).order_by(collate(AuditHeadRow.scope, "C"))
    for row in session.scalars(query.execution_options(yield_per=1000)):
        yield AuditHead(scope=row.scope, sequence=row.sequence, hash=row.hash)


def link_of(row: AuditRow) -> AuditLink:
    """A row of the log as a link of its chain."""
    return AuditLink(
        scope=row.scope,
        sequence=row.sequence,
        actor=row.actor,
        event=row.event,
        subject=row.subject,
        facts=row.facts,
        at=row.recorded_at,
        previous=row.previous,
        hash=row.hash,
    )
