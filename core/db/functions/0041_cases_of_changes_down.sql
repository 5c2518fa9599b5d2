DROP TRIGGER opened_by_agents ON cases;
DROP FUNCTION guard_opened_case;
REVOKE INSERT ON cases FROM expediter_agent;
