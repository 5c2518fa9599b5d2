"""What models are asked for: per purpose the fields that may leave, the setting that names the model, and limits."""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.llm.chat_fields import CONTEXT_FIELDS, RESULT_FIELDS
from agents.llm.errors import FieldNotDeclaredError
from agents.llm.prompt_fields import PromptField
from core.domain.private_words import PrivateKind

INSTRUCTIONS, ANSWER, WORDS, TOOL_RESULT, CORRECTION = "instructions", "answer", "words", "tool_result", "correction"
ALWAYS = (INSTRUCTIONS, ANSWER, CORRECTION)
"""The prompts of our own, what the model said itself before, and why that could not be used."""

_STAYS = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """`fields` are dotted names of what may leave, each said in full: there is no sign for "all below". Names of
    customers, suppliers and people, addresses and mail leave under stand-ins, unless their kind is `plain`. An answer
    has at most `most_tokens`, and with all tries it takes at most `seconds`."""

    name: str
    fields: tuple[str, ...]
    plain: frozenset[PrivateKind] = frozenset()
    most_tokens: int = 4_000
    seconds: float = 45.0

    @property
    def setting(self) -> str:
        """The environment variable that names a model for this purpose alone."""
        return f"expediter_model_{self.name}".upper()

    def allows(self, field: str) -> bool:
        """Whether a field may leave."""
        return field in ALWAYS or field in self.fields

    def part_of(self, field: PromptField) -> PromptField:
        """As much of a fact as may leave."""
        return PromptField(name=field.name, value=self._part(field.name, field.value))

    def _part(self, name: str, value: object) -> object:
        if isinstance(value, dict):
            kept = {key: self._part(f"{name}.{key}", inner) for key, inner in value.items()}
            return {key: inner for key, inner in kept.items() if inner is not _STAYS}
        if isinstance(value, list | tuple):
            return [inner for one in value if (inner := self._part(name, one)) is not _STAYS]
        return value if self.allows(name) else _STAYS


_CASE = tuple(
    f"facts.case.{name}"
    for name in (
        "id", "title", "item", "location", "units_lacking", "needed_by", "exposure", "order_lines_hurt",
    )
)  # fmt: skip
_OPTIONS = tuple(
    f"facts.options.{name}"
    for name in (
        "id", "letter", "title", "currency", "cost", "objective", "exposure_before", "exposure_after",
        "order_lines_helped", "order_lines_hurt", "order_lines_on_time_again", "promises_moved", "customers_affected",
        "risk_tier", "decide_by",
    )
)  # fmt: skip
_EVIDENCE = tuple(
    f"facts.evidence.{name}"
    for name in (
        "id", "kind", "location", "quantity", "arrive_on", "fixed_cost", "unit_cost", "supplier", "unit_price",
        "currency", "lead_time_days", "available_quantity", "purchase_order", "fee", "earliest_date", "reason",
        "text", "as_of", "source",
    )
)  # fmt: skip

_ANSWER = tuple(
    f"facts.{name}" for name in ("not_possible.what", "not_possible.reason", "proposed_option", "answer_by_rules")
)
_LETTER = ("letter.rows.id", "letter.rows.text")
_ASKED = tuple(f"asked.{name}" for name in ("item", "quantity", "unit", "needed_by"))

_DECLARED = (
    Purpose(name="advise", fields=(*_CASE, *_OPTIONS, *_EVIDENCE)),
    Purpose(name="answer", fields=("question", *_CASE, *_OPTIONS, *_EVIDENCE, *_ANSWER), most_tokens=1_500),
    Purpose(name="transcribe", fields=_LETTER),
    Purpose(name="chat", fields=("question", WORDS, TOOL_RESULT, *CONTEXT_FIELDS, *RESULT_FIELDS)),
    Purpose(name="read_quote", fields=(*_LETTER, *_ASKED), most_tokens=1_500),
)
PURPOSES: Mapping[str, Purpose] = {purpose.name: purpose for purpose in _DECLARED}


def purpose_of(name: str) -> Purpose:
    """A purpose by name; one that is not declared may be told nothing."""
    found = PURPOSES.get(name)
    if found is None:
        raise FieldNotDeclaredError(f"the purpose {name!r} is not declared; declared are {sorted(PURPOSES)}")
    return found
