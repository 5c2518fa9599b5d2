"""Bad input through every service: refused with a code and a short sentence, and nothing has changed."""

from dataclasses import is_dataclass
from functools import partial
from inspect import signature

from tests.core.services.corpus.badness import DEALT, Bad
from tests.core.services.corpus.placing import Place, dealt, declared, places, put
from tests.core.services.corpus.services import SERVICES
from tests.core.services.corpus.sitting import Answered, Stage


def test_bad_input_is_refused_and_nothing_changes(stage: Stage) -> None:
    with stage.books.undone():
        accepted = stage.outcome(lambda: stage.good)
        assert isinstance(accepted, Answered)
        assert accepted.refused is None

    found = [
        f"{'.'.join(map(str, place.steps))} ({place.kind}) = {bad.name}: {wrong}"
        for place in places(stage.good)
        for bad in place.bad(stage.service.name)
        if (wrong := _wrong(stage, place, bad)) is not None
    ]

    assert found == []


def test_every_odd_value_stands_somewhere() -> None:
    stood = {
        bad.name
        for service in SERVICES
        if (command := signature(service.call).parameters.get("command")) and is_dataclass(command.annotation)
        for place in declared(command.annotation)
        for bad in dealt(place.kind, service.name, place.steps)
    }

    assert stood == {bad.name for odd in DEALT.values() for bad in odd}


def _wrong(stage: Stage, place: Place, bad: Bad) -> str | None:
    """What is wrong with the answer to one bad value at one place."""
    if bad.never:
        given = stage.outcome(partial(put, stage.good, place.steps, bad.value))
        return given if isinstance(given, str) else None if given.refused else "accepted"
    with stage.books.undone():
        given = stage.outcome(partial(put, stage.good, place.steps, bad.value))
    return given if isinstance(given, str) else None
