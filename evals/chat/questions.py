"""Sixty chat questions and commands with the tool and the arguments each should lead to, read strictly.

`questions.json` holds `as_of`, the business date, and `questions`, each with

- `text` and `language` (en de es fr nl);
- `before`: what was said in the conversation before, oldest first, and `shown`: the ids the last answer listed, in
  their order. Only questions that lean on what came before have them; every other one opens a conversation;
- `expect`: the calls of which any one is right, as `tool` and `arguments` (codes and ids, days as 2026-11-20). Empty:
  nothing may be called, because it is not the chat's to do or nothing it can read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from core.domain.errors import InvalidValueError

FILE = Path(__file__).parent / "questions.json"
_NEEDED, _MORE = {"text", "language", "expect"}, {"before", "shown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A tool with its arguments."""

    tool: str
    arguments: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question or command, and the calls of which any one is right; none when nothing may be called."""

    text: str
    language: str
    expect: tuple[Call, ...]
    before: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The business date the questions were written for, and the questions."""

    as_of: date
    questions: tuple[Question, ...]


def read_questions(file: Path = FILE) -> Questions:
    """The questions; InvalidValueError names what is missing or unknown."""
    said = json.loads(file.read_text(encoding="utf-8"))
    return Questions(
        as_of=date.fromisoformat(said["as_of"]), questions=tuple(_question(one) for one in said["questions"])
    )


def _question(said: Mapping[str, object]) -> Question:
    if not _NEEDED <= set(said) <= _NEEDED | _MORE:
        raise InvalidValueError(f"the question {dict(said)!r} needs {sorted(_NEEDED)} and may have {sorted(_MORE)}")
    return Question(
        text=str(said["text"]),
        language=str(said["language"]),
        expect=tuple(_call(one) for one in _list(said["expect"])),
        before=tuple(map(str, _list(said.get("before", [])))),
        shown=tuple(map(str, _list(said.get("shown", [])))),
    )


def _call(said: object) -> Call:
    match said:
        case {"tool": str(tool), "arguments": dict(arguments)} if len(cast(dict[str, object], said)) == 2:
            return Call(tool=tool, arguments=cast(dict[str, object], arguments))
        case _:
            raise InvalidValueError(f"the call {said!r} needs exactly tool and arguments")


def _list(said: object) -> list[object]:
    if not isinstance(said, list):
        raise InvalidValueError(f"{said!r} has to be a list")
    return cast(list[object], said)
