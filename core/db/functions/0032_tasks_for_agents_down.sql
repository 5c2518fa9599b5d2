REVOKE SELECT ON human_tasks FROM expediter_agent;
