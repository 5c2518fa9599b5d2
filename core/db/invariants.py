"""Invariants I1 to I9, I11 and I12 of reliability.md as SQL: every row a query gives is one contradiction, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db.rows import AuditHeadRow, AuditRow
from core.db.transaction import GENESIS, link_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """A law of the books and the query for its breaches."""

    name: str
    says: str
    query: str


_LEDGER = Invariant(
    name="I1",
    says="stock on hand equals the moves of the ledger",
    query="""
    WITH moved AS (
        SELECT item_id, place_id, sum(units) AS units FROM (
            SELECT item_id, destination_id AS place_id, quantity AS units FROM stock_moves
            UNION ALL SELECT item_id, origin_id, -quantity FROM stock_moves) m GROUP BY item_id, place_id)
    SELECT format('%s at %s: balance %s, ledger %s', i.code, l.code, COALESCE(b.on_hand, 0), COALESCE(m.units, 0))
    FROM moved m FULL JOIN stock_balances b ON b.item_id = m.item_id AND b.location_id = m.place_id
    JOIN items i ON i.id = COALESCE(b.item_id, m.item_id)
    JOIN locations l ON l.id = COALESCE(b.location_id, m.place_id)
    WHERE NOT l.virtual AND COALESCE(b.on_hand, 0) <> COALESCE(m.units, 0)
    ORDER BY i.code, l.code""",
)

_RESERVED = Invariant(
    name="I2",
    says="reserved units are the open reservations, and never more than are on hand",
    query="""
    SELECT format('%s at %s: reserved %s, open reservations %s, on hand %s',
                  i.code, l.code, b.reserved, COALESCE(r.units, 0), b.on_hand)
    FROM stock_balances b JOIN items i ON i.id = b.item_id JOIN locations l ON l.id = b.location_id
    LEFT JOIN (SELECT item_id, location_id, sum(quantity) AS units FROM reservations WHERE state = 'open'
               GROUP BY item_id, location_id) r ON r.item_id = b.item_id AND r.location_id = b.location_id
    WHERE b.reserved <> COALESCE(r.units, 0) OR b.reserved < 0 OR b.reserved > b.on_hand
    UNION ALL
    SELECT format('transfer order %s is %s but its reservation is %s', t.number,
                  CASE WHEN t.shipped THEN 'shipped' ELSE t.state END, COALESCE(r.state, 'missing'))
    FROM transfer_orders t LEFT JOIN reservations r ON r.reference = t.number
    WHERE t.state = 'open' AND NOT t.shipped AND (r.state IS DISTINCT FROM 'open' OR r.quantity <> t.quantity)
       OR t.state = 'cancelled' AND r.state = 'open'""",
)

_LINES = Invariant(
    name="I3",
    says="no order line ships or cancels more than was ordered, and its promise is the last one recorded",
    query="""
    SELECT format('order line %s/%s: ordered %s, shipped %s, cancelled %s',
                  o.number, x.line, x.ordered, x.shipped, x.cancelled)
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id WHERE x.shipped + x.cancelled > x.ordered
    UNION ALL
    SELECT format('order line %s/%s is promised for %s, its history ends with %s', o.number, x.line,
                  COALESCE(x.promised::text, 'nothing'), COALESCE(h.new::text, 'nothing'))
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id
    LEFT JOIN (SELECT DISTINCT ON (order_id, line) order_id, line, new FROM promise_records
               ORDER BY order_id, line, id DESC) h ON h.order_id = x.order_id AND h.line = x.line
    WHERE x.promised IS DISTINCT FROM h.new""",
)

_PROMISES = Invariant(
    name="I4",
    says="no promise of a verified plan lies before the day its own verification projects, or lacks such a day",
    query="""
    SELECT format('order line %s/%s was promised for %s by %s, whose verification projects %s', o.number, p.line, p.new,
                  a.id, COALESCE(f->>'projected', 'no date'))
    FROM promise_records p JOIN sales_orders o ON o.id = p.order_id JOIN approvals a ON a.proposal_id = p.proposal_id
    JOIN effect_ledger e ON e.approval_id = a.id
    CROSS JOIN LATERAL jsonb_array_elements(e.verification->'realised'->'lines') f
    WHERE e.undone_at IS NULL AND (e.verification->>'verified')::boolean
      AND f->>'order' = o.number AND (f->>'line')::bigint = p.line
      AND (f->>'projected' IS NULL OR (f->>'projected')::date > p.new)""",
)

_EFFECTS = Invariant(
    name="I5",
    says="every effect had the approvals it needed, of the same hash, by others than the proposer, before it expired",
    query="""
    SELECT format('%s: %s', e.approval_id, w.what) FROM effect_ledger e
    JOIN approvals a ON a.id = e.approval_id JOIN proposals p ON p.id = a.proposal_id
    CROSS JOIN LATERAL (SELECT count(DISTINCT d.user_name) AS people, bool_or(d.user_name = p.proposed_by) AS own,
             bool_or(NOT a.roles ? d.role) AS wrong_role, bool_or(d.plan_hash <> e.executed_hash) AS other_hash
        FROM approval_decisions d WHERE d.approval_id = a.id AND d.kind = 'approve') d
    CROSS JOIN LATERAL (VALUES
        (d.people < a.approvals_needed, 'too few people approved'),
        (d.people < 2 AND p.tier >= 4, 'T4 needs two people'),
        (d.own, 'approved by its proposer'), (d.wrong_role, 'approved in a role that may not'),
        (d.other_hash OR e.executed_hash <> a.plan_hash OR a.plan_hash <> p.plan_hash
         OR encode(sha256(convert_to(p.plan, 'UTF8')), 'hex') <> p.plan_hash, 'executed is not what was approved'),
        (e.executed_at > a.expires_at, 'executed after it expired'),
        (a.state NOT IN ('executed', 'undone'), 'executed but marked ' || a.state)) AS w(broken, what)
    WHERE w.broken
    UNION ALL
    SELECT format('%s is marked %s but has no effect', a.id, a.state) FROM approvals a
    LEFT JOIN effect_ledger e ON e.approval_id = a.id
    WHERE a.state IN ('executed', 'undone') AND e.approval_id IS NULL
    UNION ALL
    SELECT format('%s %s was made by a proposal that was not executed', w.kind, w.number) FROM (
        SELECT 'purchase order' AS kind, number, proposal_id FROM purchase_orders WHERE proposal_id IS NOT NULL
        UNION ALL SELECT 'transfer order', number, proposal_id FROM transfer_orders WHERE proposal_id IS NOT NULL
        UNION ALL SELECT 'promise', order_id::text, proposal_id FROM promise_records WHERE proposal_id IS NOT NULL) w
    LEFT JOIN approvals a ON a.proposal_id = w.proposal_id LEFT JOIN effect_ledger e ON e.approval_id = a.id
    WHERE e.approval_id IS NULL""",
)

_PEOPLE = Invariant(
    name="I6",
    says="no program approves, and nothing is both executed and rejected",
    query="""
    SELECT format('%s was decided by %s, which is a program (%s)', d.approval_id, d.user_name, u.role)
    FROM approval_decisions d JOIN users u ON u.name = d.user_name
    WHERE u.role IN ('agent', 'service') OR d.role IN ('agent', 'service')
    UNION ALL
    SELECT format('%s was executed although it was rejected', e.approval_id)
    FROM effect_ledger e JOIN approval_decisions d ON d.approval_id = e.approval_id WHERE d.kind = 'reject'""",
)

_OUTBOX = Invariant(
    name="I7",
    says="no message waits for long, and for each refused or of unknown fate a person was asked",
    query="""
    SELECT format('message %s has waited since %s', key, created_at) FROM outbox
    WHERE state IN ('new', 'claimed') AND changed_at < :now - interval '15 minutes'
    UNION ALL
    SELECT format('message %s is %s and nobody was asked', o.key, o.state) FROM outbox o
    LEFT JOIN human_tasks t ON t.subject = 'message ' || o.key
    WHERE o.state IN ('unknown', 'refused') AND t.id IS NULL""",
)

_SUPPLY = Invariant(
    name="I8",
    says="no case is executing or resolved without an executed approval, and none has two approvals waiting at once",
    query="""
    SELECT format('CASE-%s is %s without an executed approval', c.id, c.state) FROM cases c
    WHERE c.state IN ('resolved', 'executing') AND NOT EXISTS (
        SELECT 1 FROM proposals p JOIN approvals a ON a.proposal_id = p.id JOIN effect_ledger e ON e.approval_id = a.id
        WHERE p.case_id = c.id)
    UNION ALL
    SELECT format('CASE-%s has %s approvals waiting at once', p.case_id, count(*))
    FROM proposals p JOIN approvals a ON a.proposal_id = p.id
    WHERE a.state IN ('pending', 'approved') GROUP BY p.case_id HAVING count(*) > 1""",
)

_MONEY = Invariant(
    name="I9",
    says="every order is in the company's currency, every buy as approved; proposals carry what their plans commit",
    query="""
    SELECT format('sales order %s is in %s, the company in %s', o.number, o.currency, s.currency)
    FROM sales_orders o, settings s WHERE o.currency <> s.currency
    UNION ALL
    SELECT format('purchase order %s is in %s, the company in %s', o.number, o.currency, s.currency)
    FROM purchase_orders o, settings s WHERE o.currency <> s.currency
    UNION ALL
    SELECT format('order line %s/%s has the price %s', o.number, x.line, x.unit_price)
    FROM sales_order_lines x JOIN sales_orders o ON o.id = x.order_id WHERE x.unit_price < 0
    UNION ALL
    SELECT format('purchase order %s has the %s %s, the approved plan says %s', b->>'reference', w.what,
                  COALESCE(w.found, 'nothing'), w.planned)
    FROM effect_ledger e JOIN approvals a ON a.id = e.approval_id JOIN proposals p ON p.id = a.proposal_id
    CROSS JOIN LATERAL jsonb_array_elements(p.plan::jsonb->'actions') b
    LEFT JOIN purchase_orders o ON o.number = b->>'reference' LEFT JOIN purchase_order_lines x ON x.order_id = o.id
    LEFT JOIN suppliers s ON s.id = o.supplier_id LEFT JOIN items i ON i.id = x.item_id
    CROSS JOIN LATERAL (VALUES
        (s.code IS DISTINCT FROM b->>'supplier', 'supplier', s.code, b->>'supplier'),
        (i.code IS DISTINCT FROM b->>'item', 'item', i.code, b->>'item'),
        (x.ordered IS DISTINCT FROM (b->>'quantity')::bigint, 'quantity', x.ordered::text, b->>'quantity'),
        (x.unit_price IS DISTINCT FROM (b->>'unit_price')::numeric, 'price', x.unit_price::text, b->>'unit_price'),
        (x.due IS DISTINCT FROM (b->>'arrive_on')::date AND NOT EXISTS (
            SELECT 1 FROM audit_log l WHERE l.event = 'purchase_line_rescheduled' AND l.subject = o.number),
         'due date', x.due::text, b->>'arrive_on')) AS w(broken, what, found, planned)
    WHERE b->>'kind' = 'buy' AND w.broken
    UNION ALL
    SELECT format('proposal %s says %s, its plan commits %s', p.id, p.money, c.money) FROM proposals p
    CROSS JOIN LATERAL (SELECT round(COALESCE(sum(CASE b->>'kind'
            WHEN 'buy' THEN (b->>'unit_price')::numeric * (b->>'quantity')::bigint
            WHEN 'transfer' THEN (b->>'cost')::numeric
            WHEN 'expedite' THEN (b->>'fee')::numeric END), 0), 2) AS money
        FROM jsonb_array_elements(p.plan::jsonb->'actions') b) c
    WHERE p.money <> c.money
    ORDER BY 1""",
)

AUDIT_CHAIN = Invariant(
    name="I11",
    says="every decision, effect and moved promise is in the audit log; each chain that must be there is, and is whole",
    query="""
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
)

_KEYS = Invariant(
    name="I12",
    says="every message of a plan is of one that was executed; every order and expedite of a plan has its message",
    query="""
    SELECT format('message %s belongs to no executed approval', o.key) FROM outbox o
    LEFT JOIN effect_ledger e ON e.approval_id = o.approval_id
    WHERE o.approval_id IS NOT NULL AND e.approval_id IS NULL
    UNION ALL
    SELECT format('purchase order %s of a plan has no message to its supplier', p.number) FROM purchase_orders p
    WHERE p.proposal_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM outbox o WHERE o.kind = 'place_order' AND o.payload->>'reference' = p.number)
    UNION ALL
    SELECT format('expedite of %s/%s by %s has no message to its supplier', b->>'purchase_order', b->>'line', a.id)
    FROM effect_ledger e JOIN approvals a ON a.id = e.approval_id JOIN proposals p ON p.id = a.proposal_id
    CROSS JOIN LATERAL jsonb_array_elements(p.plan::jsonb->'actions') b
    WHERE b->>'kind' = 'expedite' AND e.undone_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM outbox o WHERE o.kind = 'expedite_order' AND o.approval_id = a.id
            AND o.payload->>'purchase_order' = b->>'purchase_order' AND o.payload->>'line' = b->>'line')""",
)

INVARIANTS: Mapping[str, Invariant] = {
    check.name: check
    for check in (_LEDGER, _RESERVED, _LINES, _PROMISES, _EFFECTS, _PEOPLE, _OUTBOX, _SUPPLY, _MONEY, _KEYS)
}


def broken_links(session: Session) -> Iterator[str]:
    """The audit chains that were edited, reordered or cut, found by hashing every link again."""
    heads = {head.scope: head for head in session.scalars(select(AuditHeadRow))}
    last: dict[str, tuple[int, str]] = dict.fromkeys(heads, (0, GENESIS))
    query = select(AuditRow).order_by(AuditRow.scope, AuditRow.sequence)
    for row in session.scalars(query.execution_options(yield_per=1000)):
        sequence, previous = last.get(row.scope, (0, GENESIS))
        again = link_hash(
            previous=previous,
            scope=row.scope,
            sequence=sequence + 1,
            actor=row.actor,
            event=row.event,
            subject=row.subject,
            facts=row.facts,
            at=row.recorded_at,
        )
        if (row.sequence, row.previous, row.hash) != (sequence + 1, previous, again):
            yield f"audit chain {row.scope!r} is broken at link {row.sequence}"
        last[row.scope] = (row.sequence, row.hash)
    yield from (f"audit chain {scope!r} has no head" for scope in sorted(last.keys() - heads.keys()))
    for scope, head in heads.items():
        if last[scope] != (head.sequence, head.hash):
            yield f"audit chain {scope!r} ends at link {last[scope][0]}, its head says {head.sequence}"
