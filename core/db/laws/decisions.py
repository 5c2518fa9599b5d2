"""Laws of decisions: approvals, effects, and the cases they belong to."""

from core.db.laws.law import Invariant

EFFECTS = Invariant(
    name="I5",
    says="every effect had the approvals it needed, of the same hash, by others than who wanted it, before it expired;"
    " a rule decided on nothing above T2",
    queries=(
        """
    SELECT format('%s: %s', e.approval_id, w.what) FROM effect_ledger e
    JOIN approvals a ON a.id = e.approval_id JOIN proposals p ON p.id = a.proposal_id
    LEFT JOIN case_options o ON o.id = p.option_id LEFT JOIN rule_decisions r ON r.approval_id = a.id
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT COALESCE(u.person, d.user_name)) AS people,
               count(DISTINCT COALESCE(d.on_behalf_of, d.user_name)) AS authorities,
               bool_or(COALESCE(u.person, d.user_name) IN (SELECT COALESCE(w.person, w.name) FROM users w
                   WHERE w.name IN (p.proposed_by, o.option ->> 'crafted_by'))
                   OR d.on_behalf_of IN (p.proposed_by, o.option ->> 'crafted_by')) AS own,
               bool_or(NOT a.roles ? d.role) AS wrong_role, bool_or(d.plan_hash <> e.executed_hash) AS other_hash,
               bool_or(d.on_behalf_of IS NOT NULL AND NOT EXISTS (SELECT FROM delegations g
                   WHERE g.delegator = d.on_behalf_of AND g.delegate = d.user_name AND g.given_at <= d.decided_at
                     AND d.decided_at::date BETWEEN g.first - 1 AND g.last + 1
                     AND (g.ended_at IS NULL OR g.ended_at >= d.decided_at))) AS undelegated
        FROM approval_decisions d JOIN users u ON u.name = d.user_name
        WHERE d.approval_id = a.id AND d.kind = 'approve') d
    CROSS JOIN LATERAL (VALUES
        (LEAST(d.people, d.authorities) < a.approvals_needed AND r.approval_id IS NULL, 'too few people approved'),
        (d.people < 2 AND p.tier >= 4, 'T4 needs two people'),
        (r.approval_id IS NOT NULL AND p.tier > 2, 'a rule decided on what is for people'),
        (r.plan_hash <> e.executed_hash OR r.approval_id IS NOT NULL AND a.by_rule = '', 'no rule may decide on it'),
        (d.own, 'approved by its proposer'), (d.undelegated, 'approved in a stead that nobody gave'),
        (d.wrong_role, 'approved in a role that may not'),
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
    WHERE e.approval_id IS NULL
    UNION ALL
    SELECT format('task %s was asked by a plan that was not executed', t.subject) FROM human_tasks t
    LEFT JOIN approvals a ON a.proposal_id = t.proposal_id LEFT JOIN effect_ledger e ON e.approval_id = a.id
    WHERE t.proposal_id IS NOT NULL AND e.approval_id IS NULL
    UNION ALL
    SELECT format('%s was executed, but %s %s of its plan is not there', e.approval_id, w.what, w.name)
    FROM effect_ledger e JOIN approvals a ON a.id = e.approval_id JOIN proposals p ON p.id = a.proposal_id
    CROSS JOIN LATERAL jsonb_array_elements(p.plan::jsonb->'actions') b
    CROSS JOIN LATERAL (VALUES
        (b->>'kind' = 'make' AND NOT EXISTS (SELECT 1 FROM work_orders o WHERE o.number = b->>'reference'),
         'work order', b->>'reference'),
        (b ? 'subject' AND NOT EXISTS (SELECT 1 FROM human_tasks t WHERE t.subject = b->>'subject'),
         'task', b->>'subject')) AS w(broken, what, name)
    WHERE w.broken""",
    ),
)

PEOPLE = Invariant(
    name="I6",
    says="no program approves, nothing is both executed and rejected, and only people let halted work go on",
    queries=(
        """
    SELECT format('%s was decided by %s, which is a program (%s)', d.approval_id, d.user_name, u.role)
    FROM approval_decisions d JOIN users u ON u.name = d.user_name
    WHERE u.role IN ('agent', 'service') OR d.role IN ('agent', 'service')
    UNION ALL
    SELECT format('%s was executed although it was rejected', e.approval_id)
    FROM effect_ledger e JOIN approval_decisions d ON d.approval_id = e.approval_id WHERE d.kind = 'reject'
    UNION ALL
    SELECT format('halt %s was resumed by %s, which is a program', h.id, u.name)
    FROM halts h JOIN users u ON u.name = h.resumed_by WHERE u.role IN ('agent', 'service')""",
    ),
)

TRANSITIONS = Invariant(
    name="I8",
    says="no case is executing or resolved without an executed approval, and none has two approvals waiting at once",
    queries=(
        """
    SELECT format('CASE-%s is %s without an executed approval', c.id, c.state) FROM cases c
    WHERE c.state IN ('resolved', 'executing') AND NOT EXISTS (
        SELECT 1 FROM proposals p JOIN approvals a ON a.proposal_id = p.id JOIN effect_ledger e ON e.approval_id = a.id
        WHERE p.case_id = c.id AND p.option_id IS NOT NULL)
    UNION ALL
    SELECT format('CASE-%s has %s approvals waiting at once', p.case_id, count(*))
    FROM proposals p JOIN approvals a ON a.proposal_id = p.id
    WHERE a.state IN ('pending', 'approved') AND p.option_id IS NOT NULL GROUP BY p.case_id HAVING count(*) > 1""",
    ),
)
