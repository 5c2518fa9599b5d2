"""Laws of messages and keys: sent once, told to a person when lost."""

from core.db.laws.law import Invariant

OUTBOX = Invariant(
    name="I7",
    says="no message waits for long, and for each refused or of unknown fate a person was asked",
    queries=(
        """
    SELECT format('message %s has waited since %s', key, created_at) FROM outbox
    WHERE state IN ('new', 'claimed') AND changed_at < :now - interval '15 minutes'
    UNION ALL
    SELECT format('message %s is %s and nobody was asked', o.key, o.state) FROM outbox o
    LEFT JOIN human_tasks t ON t.subject = 'message ' || o.key
    WHERE o.state IN ('unknown', 'refused') AND t.id IS NULL""",
    ),
)

KEYS = Invariant(
    name="I12",
    says="every message of a plan is of one that was executed; every order and expedite of a plan has its message",
    queries=(
        """
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
            AND o.payload->>'purchase_order' = b->>'purchase_order' AND o.payload->>'line' = b->>'line')
    UNION ALL
    SELECT format('cancellation of %s by %s has no message to its supplier', b->>'purchase_order', a.id)
    FROM effect_ledger e JOIN approvals a ON a.id = e.approval_id JOIN proposals p ON p.id = a.proposal_id
    CROSS JOIN LATERAL jsonb_array_elements(p.plan::jsonb->'actions') b
    WHERE b->>'kind' = 'cancel_purchase' AND NOT EXISTS (
        SELECT 1 FROM outbox o WHERE o.kind = 'cancel_order' AND o.approval_id = a.id
            AND o.payload->>'reference' = b->>'purchase_order')""",
    ),
)
