DROP FUNCTION changed_since, promise_batch;
