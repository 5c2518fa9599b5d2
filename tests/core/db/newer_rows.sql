-- One of each row that older books have no word for, put in behind everybody's back.
INSERT INTO reservations (item_id, location_id, quantity, kind, reference, state, recorded_at) VALUES
    (1, 1, 3, 'hard', 'ran out', 'expired', '2024-10-01'),
    (1, 1, 1, 'hard', 'again', 'released', '2024-10-01'), (1, 1, 2, 'hard', 'again', 'open', '2024-10-02'),
    (1, 1, 4, 'hard', 'again', 'consumed', '2024-10-03');
INSERT INTO purchase_orders (number, supplier_id, order_date, currency, state, stage)
    VALUES ('PO-DRAFT', 1, '2024-10-01', 'USD', 'draft', 'draft');
INSERT INTO purchase_order_lines (order_id, line, item_id, location_id, ordered, received, unit_price, due)
    SELECT id, 1, 1, 1, 5, 7, 1, '2024-10-09' FROM purchase_orders WHERE number = 'PO-DRAFT';
INSERT INTO work_orders (number, item_id, location_id, ordered, completed, start, due, components_issued, state, stage)
    VALUES ('WO-DRAFT', 1, 1, 5, 0, '2024-10-01', '2024-10-09', false, 'draft', 'draft');
INSERT INTO transfer_orders (number, item_id, origin_id, destination_id, quantity, ship_on, due, shipped, state, stage)
    VALUES ('TO-DRAFT', 1, 1, 2, 5, '2024-10-01', '2024-10-09', false, 'draft', 'draft');
INSERT INTO cases (key, state, exposure, planning_round, opened_on, digest, detected, snoozed_until) VALUES
    ('taken up', 'triaged', 1, 0, '2024-10-01', 'd', '{}', NULL),
    ('put aside', 'snoozed', 1, 0, '2024-10-01', 'd', '{}', '2024-10-09');
INSERT INTO signals (reference, kind, subject, text, confidence, suspicious, lines, state, said_by, recorded_at, outcome)
    VALUES ('twice', 'duplicate', 's', 't', 50, false, '[]', 'open', 'maria', '2024-10-01', '');
INSERT INTO master_data_requests (code, kind, subject, command, asked, digest, asked_by, asked_at, state, comment)
    VALUES ('R-POLICY', 'policy', '2024-2', 'c', '{}', 'd', 'omar', '2024-10-01', 'pending', '');
INSERT INTO policies SELECT 2, '2024-2', content, 'r', 'omar', 'maria', '2024-10-01' FROM policies WHERE number = 1;
INSERT INTO master_data_origins (id, kind, actor, scope, sequence, request, recorded_at, began, transaction) VALUES
    (900, 'policy', 'maria', 'by hand', 900, 'R-POLICY', '2024-10-01', '2024-10-01', 900),
    (901, 'configuration', 'maria', 'by hand', 901, NULL, '2024-10-01', '2024-10-01', 901);
INSERT INTO master_data_changes (origin_id, table_name, key, operation, digest) VALUES
    (900, 'policies', '2', 'insert', 'd'), (901, 'items', 'VARIANT', 'insert', 'd'),
    (901, 'item_variants', '1', 'insert', 'd');
INSERT INTO inquiries (id, case_id, supplier_id, kind, state, version, token, inquiry, created_at, changed_at)
    VALUES (1, 1, 1, 'decline', 'sent', 1, 'token', '{}', '2024-10-01', '2024-10-01');
INSERT INTO negotiations (id, case_id, supplier_id, state, mandate, opening, ceiling, largest_step, most_rounds, note,
    proposed_by, created_at, changed_at)
    VALUES (1, 1, 1, 'waiting', '{}', 1, 2, 1, 3, '', 'maria', '2024-10-01', '2024-10-01');
INSERT INTO proposals (id, case_id, option_id, plan, plan_hash, tier, money, advice, rules, forecast, proposed_by,
    created_at, inquiry_id, negotiation_id) VALUES
    ('P-PLAN', 1, 'O-1', 'p', 'h', 1, 0, '{}', '{}', '{}', 'agent', '2024-10-01', NULL, NULL),
    ('P-LETTER', 1, NULL, 'p', 'h', 1, 0, '{}', '{}', '{}', 'agent', '2024-10-01', 1, NULL),
    ('P-MANDATE', 1, NULL, 'p', 'h', 1, 0, '{}', '{}', '{}', 'agent', '2024-10-01', NULL, 1);
INSERT INTO approvals (id, proposal_id, plan_hash, approvals_needed, roles, rule, policy_version, state, created_at,
    expires_at, by_rule)
    SELECT replace(id, 'P-', 'A-'), id, 'h', 1, '[]', 'r', '2026-1', 'executed', '2024-10-01', '2024-10-02', ''
    FROM proposals;
INSERT INTO approval_decisions (approval_id, user_name, role, kind, plan_hash, comment, channel, decided_at, reason_code)
    SELECT id, 'maria', 'planner', 'approve', 'h', '', 'console', '2024-10-01', '' FROM approvals;
INSERT INTO effect_ledger (approval_id, executed_hash, executed_by, executed_at, result)
    SELECT id, 'h', 'worker', '2024-10-01', '{}' FROM approvals;
INSERT INTO outbox (key, partner, kind, payload, approval_id, state, attempts, created_at, changed_at)
    SELECT id, 'ACME', 'letter', '{}', id, 'sent', 1, '2024-10-01', '2024-10-01' FROM approvals;
INSERT INTO human_tasks (subject, text, state, created_at, kind, about, answer, note, proposal_id)
    SELECT id, 't', 'open', '2024-10-01', 'question', '', '', '', id FROM proposals;
INSERT INTO rule_decisions (approval_id, rule, policy_version, plan_hash, money, day, decided_at)
    SELECT id, 'R01', '2026-1', 'h', 0, '2024-10-01', '2024-10-01' FROM approvals;
INSERT INTO rule_decision_scopes (approval_id, scope) SELECT id, 's' FROM approvals;
INSERT INTO autonomy_demotions (rule, policy_number, approval_id, why, recorded_at)
    SELECT id, 1, id, 'w', '2024-10-01' FROM approvals;
