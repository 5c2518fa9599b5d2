"""What models' servers were found to honour, in the books."""

from collections.abc import Mapping
from typing import Protocol

from core.domain.capabilities import Capabilities


class CapabilityStore(Protocol):
    """Capabilities by server and model."""

    def keep(self, server: str, model: str, found: Capabilities) -> None:
        """Keep what was found, in place of what was found before."""
        ...

    def of_server(self, server: str) -> Mapping[str, Capabilities]:
        """What is known of a server, by model."""
        ...
