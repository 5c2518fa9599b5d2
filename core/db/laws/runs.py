"""Laws of the agents' runs: each ends, and none asks a model more often than it may."""

from core.db.laws.law import Invariant

RUNS = Invariant(
    name="I15",
    says="no run is under way long after its deadline, and none made more model calls than it was given",
    queries=(
        """
    SELECT format('RUN-%s of %s over %s is under way, its deadline was %s', id, graph, subject, deadline) FROM runs
    WHERE ended_at IS NULL AND deadline < :now - interval '1 day'
    UNION ALL
    SELECT format('RUN-%s of %s made %s model calls, it may make %s', r.id, r.graph, c.calls, r.most_calls) FROM runs r
    JOIN (SELECT run_id, count(*) AS calls FROM model_calls GROUP BY run_id) c ON c.run_id = r.id
    WHERE c.calls > r.most_calls""",
    ),
)
