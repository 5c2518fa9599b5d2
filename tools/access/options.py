"""What may be asked about the ways out of a case."""

from typing import Protocol

from core.domain.ids import CaseId, OptionId
from core.domain.options import Option, RejectedIdea


class OptionsReport(Protocol):
    """The options of a planning round, and the ideas that turned out not to be possible."""

    @property
    def round(self) -> int: ...
    @property
    def options(self) -> tuple[Option, ...]: ...
    @property
    def rejected(self) -> tuple[RejectedIdea, ...]: ...


class OptionReads(Protocol):
    """Options are worked out and read; a planning round commits nobody."""

    def plan_options(self, case: CaseId) -> OptionsReport:
        """A new planning round on the evidence kept."""
        ...

    def options(self, case: CaseId) -> tuple[Option, ...]:
        """The options of the last planning round."""
        ...

    def rejected(self, case: CaseId) -> tuple[RejectedIdea, ...]:
        """The ideas of the last planning round that are not possible."""
        ...

    def option(self, option: OptionId) -> Option:
        """An option by id."""
        ...
