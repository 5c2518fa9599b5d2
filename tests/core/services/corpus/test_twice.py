"""Every service sent its command twice, another one under the same key, and one for a version that is not the last."""

from dataclasses import fields, replace
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pkgutil import walk_packages
from typing import Any

import core.services
from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from tests.core.services.corpus.badness import Kind
from tests.core.services.corpus.placing import Place, places, put
from tests.core.services.corpus.services import SERVICES
from tests.core.services.corpus.sitting import Answered, Stage

INSIDE = frozenset({"corrected", "amend_as"})
"""What is done within other commands and plans: what `adjust_stock` and `amend` do, called for somebody else."""


def test_every_command_with_a_key_has_a_scene() -> None:
    scenes = [service.name for service in SERVICES]

    assert _keyed() - set(scenes) == set()
    assert len(set(scenes)) == len(scenes)


def test_a_command_sent_again_gives_the_same_answer_and_changes_nothing(stage: Stage) -> None:
    with stage.books.undone():
        first = _done(stage)

        again = stage.outcome(lambda: stage.good)
        changed = stage.books.changed()

    refused = Answered(answer=None, refused=stage.service.again)
    assert changed == stage.service.counts
    assert stage.service.tells or again == (first if stage.service.again is None else refused)


def test_another_request_under_the_key_is_refused_and_changes_nothing(stage: Stage) -> None:
    if not _has(stage.good, "key"):
        return
    with stage.books.undone():
        _done(stage)

        refused = stage.outcome(lambda: _another(stage.good))

    assert refused == Answered(answer=None, refused="idempotency_conflict")


def test_a_version_that_is_not_the_last_is_refused_and_nothing_changes(stage: Stage) -> None:
    if not _has(stage.good, "version"):
        return
    with stage.books.undone():
        refused = [
            stage.outcome(partial(replace, stage.good, version=stage.good.version + by))  # a key may be tried again
            for by in (-1, 1)
        ]

    assert refused == [Answered(answer=None, refused="conflict")] * 2


def _done(stage: Stage) -> Answered:
    """The command carried out, and what is in the books after it known."""
    first = stage.outcome(lambda: stage.good)
    assert isinstance(first, Answered)
    assert first.refused is None
    stage.books.learn()
    return first


def _has(command: Any, name: str) -> bool:
    return any(field.name == name for field in fields(command))


def _another(command: Any) -> Any:
    """The command with something else in one place that any service accepts there."""
    for place in places(command):
        other = _other(place)
        if other is None or place.steps == ("key",):
            continue
        try:
            return checked(put(command, place.steps, other))
        except InvalidValueError:
            continue
    raise AssertionError(f"nothing in {command!r} can be another")


def _other(place: Place) -> object:
    held: Any = place.held
    if held is None:
        return None
    match place.kind:
        case Kind.CODE | Kind.WORD | Kind.PROSE:
            return f"{held}x"
        case Kind.WHOLE | Kind.NUMBER | Kind.PRICE:
            return held + 1
        case Kind.DAY:
            day: date = held
            return day + timedelta(days=1)
        case Kind.FLAG:
            return not held
        case _:
            return None


def _keyed() -> set[str]:
    """Every function of the services that takes a unit of work and a command with a key."""
    found: set[str] = set()
    for module in walk_packages(core.services.__path__, "core.services."):
        for name, function in getmembers(import_module(module.name), isfunction):
            command = signature(function).parameters.get("command")
            public = function.__module__ == module.name and not name.startswith("_") and name not in INSIDE
            if public and command and "key" in getattr(command.annotation, "__dataclass_fields__", ()):
                found.add(name)
    return found
