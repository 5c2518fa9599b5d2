"""A plan in words: one sentence an action, made from the plan itself, so that what is read is what is executed."""

from core.domain.plans import Action


def plan_sentences(actions: tuple[Action, ...]) -> tuple[str, ...]:
    """What will be done, in order."""
    return tuple(action.sentence for action in actions)
