-- Agents may tell people which tasks are open; they ask and answer none.
GRANT SELECT ON human_tasks TO expediter_agent;
