"""What the services need of storage where master data changes: requests that another person has to agree to."""

from typing import Protocol, TypeVar

from core.domain.master_data import MasterDataKind, MasterDataRequest, RequestState

T = TypeVar("T")


class MasterDataStore(Protocol):
    """Requests for changes of master data. Every store that changes master data says where the change comes from."""

    def ask(self, *, code: str, kind: MasterDataKind, subject: str, command: object) -> MasterDataRequest:
        """Keep a request; ConflictError when the code is taken or the same is asked for already."""
        ...

    def get(self, code: str) -> MasterDataRequest:
        """A request by its code, locked until the transaction ends."""
        ...

    def asked(self, code: str, shape: type[T]) -> T:
        """What exactly a request asks for."""
        ...

    def pending(self, kind: MasterDataKind, subject: str) -> MasterDataRequest | None:
        """The request about something that waits for a decision."""
        ...

    def decide(self, code: str, *, to: RequestState, comment: str) -> None:
        """The word of the one who acts; ConflictError when it was decided before."""
        ...

    def somebody_may_agree(self) -> bool:
        """Whether anybody who may agree to people was let in by an earlier transaction: the books are set up."""
        ...
