"""The law of master data: it is as it was last recorded, and every change came by a door that its people may use.

The roles are those of core/domain/master_data.py, written out because a law is plain SQL; a test compares them.
"""

from core.db.laws.law import Invariant

_AS_RECORDED = """
    WITH last AS (SELECT DISTINCT ON (table_name, key) table_name, key, digest FROM master_data_changes
        ORDER BY table_name, key, id DESC)
    SELECT format(CASE WHEN l.digest IS NULL THEN '%s %s is there, but not in the record of master data'
        WHEN n.digest IS NULL THEN '%s %s is gone, the record of master data has it'
        ELSE '%s %s is not as it was last recorded' END, table_name, key)
    FROM last l FULL JOIN master_data_now n USING (table_name, key) WHERE l.digest IS DISTINCT FROM n.digest"""

_WITHOUT_GAPS = """
    SELECT format('%s %s was changed past the record before change %s', table_name, key, id)
    FROM (SELECT id, table_name, key, operation, was,
                 lag(digest) OVER (PARTITION BY table_name, key ORDER BY id) AS left_as
          FROM master_data_changes) c
    WHERE operation <> 'baseline' AND was IS DISTINCT FROM left_as"""

# The view that reads master data knows every table of it; three triggers of each write the record.
_WATCHED = """
    SELECT format('changes of table %s are not recorded', t.relname)
    FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND r.ev_class = 'master_data_now'::regclass
    JOIN pg_class t ON t.oid = d.refobjid AND t.relkind = 'r'
    WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
    GROUP BY t.oid, t.relname
    HAVING (SELECT count(*) FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tgenabled IN ('O', 'A')
            AND g.tgname IN ('recorded_new', 'recorded_changed', 'recorded_gone')) <> 3"""

_IN_THE_LOG = """
    SELECT format('the change of %s declared as %s by %s is not in the audit log', o.kind, o.id, o.actor)
    FROM master_data_origins o LEFT JOIN audit_log l ON l.scope = o.scope AND l.sequence = o.sequence
    WHERE o.kind <> 'migration' AND (l.actor IS DISTINCT FROM o.actor OR l.recorded_at IS DISTINCT FROM o.recorded_at
       OR CASE WHEN l.facts IS JSON THEN l.facts::jsonb ->> 'origin' END IS DISTINCT FROM o.id::text)
    UNION ALL
    SELECT DISTINCT format('the migration declared as %s changed values of %s', o.id, c.table_name)
    FROM master_data_origins o JOIN master_data_changes c ON c.origin_id = o.id
    WHERE o.kind = 'migration' AND c.operation <> 'baseline'"""

_BY_WHO_MAY = """
    SELECT format('%s changed %s in role %s, which may not', o.actor, o.kind, COALESCE(o.role, 'none'))
    FROM master_data_origins o
    WHERE COALESCE(o.role, '') <> ALL (CASE o.kind
        WHEN 'pack' THEN ARRAY['operations_manager', 'administrator']
        WHEN 'prices' THEN ARRAY['operations_manager', 'finance', 'administrator']
        WHEN 'quotas' THEN ARRAY['operations_manager', 'planner', 'administrator']
        WHEN 'feeds' THEN ARRAY['operations_manager', 'administrator']
        WHEN 'policy' THEN ARRAY['operations_manager', 'administrator']
        WHEN 'configuration' THEN ARRAY['customer_service', 'planner', 'operations_manager']
        ELSE ARRAY[COALESCE(o.role, '')] END)
      AND (o.kind <> 'pack' OR master_data_set_up(o.id, o.transaction, o.began))"""

_PRICES_AGREED = """
    SELECT format('%s %s was changed by %s: no other person who may agreed to it', c.table_name, c.key, o.actor)
    FROM master_data_changes c JOIN master_data_origins o ON o.id = c.origin_id AND o.kind = 'prices'
    LEFT JOIN master_data_requests r ON r.code = o.request
    WHERE r.kind IS DISTINCT FROM 'prices' OR r.state <> 'agreed' OR r.decided_by <> o.actor OR r.asked_by = o.actor
       OR COALESCE(r.asked_role, '') NOT IN ('operations_manager', 'finance', 'administrator')
       OR r.decided_role NOT IN ('operations_manager', 'finance', 'administrator') OR r.decided_at <> o.recorded_at"""

_PEOPLE_AGREED = """
    SELECT format('%s may act as %s: no other person who may agreed to it', c.key, c.after ->> 'role')
    FROM master_data_changes c JOIN master_data_origins o ON o.id = c.origin_id AND o.kind = 'people'
    LEFT JOIN master_data_requests r ON r.code = o.request
    WHERE c.table_name = 'users' AND c.after ->> 'active' = 'true' AND c.after ->> 'role' NOT IN ('agent', 'service')
      AND (c.before IS NULL OR c.before ->> 'active' = 'false'
           OR (c.before ->> 'role', c.before ->> 'money_limit')
              IS DISTINCT FROM (c.after ->> 'role', c.after ->> 'money_limit'))
      AND (r.kind IS DISTINCT FROM 'people' OR r.state <> 'agreed' OR r.decided_by <> o.actor OR r.asked_by = o.actor
           OR r.decided_role NOT IN ('operations_manager', 'administrator') OR r.asked ->> 'name' <> c.key
           OR r.asked ->> 'role' <> c.after ->> 'role' OR r.decided_at <> o.recorded_at
           OR (r.asked ->> 'limit')::numeric IS DISTINCT FROM (c.after ->> 'money_limit')::numeric)
      AND master_data_set_up(o.id, o.transaction, o.began)"""

_POLICY_AGREED = """
    SELECT format('policy %s was changed by %s: no other person who may agreed to it', c.key, o.actor)
    FROM master_data_changes c JOIN master_data_origins o ON o.id = c.origin_id AND o.kind = 'policy'
    LEFT JOIN master_data_requests r ON r.code = o.request
    LEFT JOIN users asked ON asked.name = r.asked_by LEFT JOIN users said ON said.name = r.decided_by
    WHERE r.kind IS DISTINCT FROM 'policy' OR r.state <> 'agreed' OR r.decided_by <> o.actor
       OR COALESCE(asked.person, r.asked_by) = COALESCE(said.person, r.decided_by)
       OR COALESCE(r.asked_role, '') NOT IN ('operations_manager', 'administrator')
       OR r.decided_role NOT IN ('operations_manager', 'administrator') OR r.decided_at <> o.recorded_at
       OR r.asked -> 'policy' IS DISTINCT FROM c.after -> 'content'"""

# What is born of a configuration is a variant, whole in one transaction, and every variant was born so.
_VARIANTS_BORN = """
    WITH born AS (SELECT c.key, o.transaction, o.began FROM master_data_changes c
        JOIN master_data_origins o ON o.id = c.origin_id AND o.kind = 'configuration' WHERE c.table_name = 'items'),
    kept AS (SELECT i.code AS key, o.transaction, o.began FROM master_data_changes c
        JOIN master_data_origins o ON o.id = c.origin_id AND o.kind = 'configuration'
        JOIN items i ON i.id::text = c.key WHERE c.table_name = 'item_variants')
    SELECT format(CASE WHEN b.key IS NULL THEN '%s is a variant, but was not born as one'
        ELSE '%s was born of a configuration that nobody kept' END, key)
    FROM born b FULL JOIN kept k USING (key, transaction, began) WHERE b.key IS NULL OR k.key IS NULL"""

MASTER_DATA = Invariant(
    name="I10",
    says="master data is as it was last recorded; each change is in the audit log, by somebody whose role may, and"
    " prices, people and the policy were agreed to by a second person",
    queries=(
        _AS_RECORDED,
        _WITHOUT_GAPS,
        _WATCHED,
        _IN_THE_LOG,
        _BY_WHO_MAY,
        _PRICES_AGREED,
        _PEOPLE_AGREED,
        _POLICY_AGREED,
        _VARIANTS_BORN,
    ),
)
