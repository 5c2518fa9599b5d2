REVOKE SELECT ON rule_decisions FROM expediter_visitor;
DROP POLICY visitor ON rule_decisions;
DROP POLICY program ON rule_decisions;
ALTER TABLE rule_decisions DISABLE ROW LEVEL SECURITY;
DROP TABLE key_threads, key_use;
