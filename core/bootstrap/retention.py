"""For how long the environment says that things are kept."""

from datetime import timedelta

from core.config import Environment
from core.domain.retention import Terms


def configured_terms(environment: Environment) -> Terms:
    """The terms that are set, in days."""
    return Terms(
        messages=timedelta(days=environment.expediter_keep_messages_days),
        traces=timedelta(days=environment.expediter_keep_traces_days),
        checkpoints=timedelta(days=environment.expediter_keep_checkpoints_days),
        sessions=timedelta(days=environment.expediter_keep_sessions_days),
        answers=timedelta(days=environment.expediter_keep_answers_days),
    )
