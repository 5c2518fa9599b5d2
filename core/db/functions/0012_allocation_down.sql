DROP FUNCTION give_quota_back, quotas_of, take_quota;
DROP TABLE quota_uses, line_locks, backorder_runs, quotas;
