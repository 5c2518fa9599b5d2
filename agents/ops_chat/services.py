"""What the chat is given to work with: tools that read and propose, names, and a model where there is one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from agents.llm.port import ModelFor, no_model
from agents.ops_chat.books import Shelf
from core.domain.overviews import KnownNames
from tools.registry import Toolset


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatLimits:
    """How far one answer may go: questions to the model, answers of it that had to be repaired, and calls of tools
    that one answer of it may ask for."""

    steps: int = 6
    repairs: int = 2
    calls_at_once: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatServices:
    """The tools work on a core of the person who talks. `barred` says why this person may propose nothing; it is empty
    where they may."""

    tools: Toolset
    known: Callable[[], KnownNames]
    model_for: ModelFor = no_model
    barred: str = ""
    limits: ChatLimits = ChatLimits()
    shelf: Shelf = field(default_factory=Shelf)
