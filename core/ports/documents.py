"""What the core needs to put a paper into a file."""

from typing import Protocol

from core.domain.papers import Paper


class DocumentPort(Protocol):
    """Papers as files that can be printed; the same paper gives the same bytes."""

    def pdf(self, paper: Paper) -> bytes: ...
