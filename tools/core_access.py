"""The narrow core a tool is given: reads, questions to suppliers, proposals. It can neither decide nor execute."""

from typing import Protocol

from tools.access.cases import CaseReads
from tools.access.configuring import Configuring
from tools.access.drafting import Drafting
from tools.access.evidence import EvidenceGathering
from tools.access.inquiring import Inquiring
from tools.access.looking import DeskLooking, MasterLooking, OrderLooking
from tools.access.options import OptionReads
from tools.access.proposing import Proposing
from tools.access.scenarios import ScenarioReads


class ReadCore(
    CaseReads,
    EvidenceGathering,
    OptionReads,
    ScenarioReads,
    OrderLooking,
    MasterLooking,
    DeskLooking,
    Configuring,
    Protocol,
):
    """What a READ tool is given. Each call is one transaction, and none puts anything before people."""


class ToolCore(ReadCore, Proposing, Drafting, Inquiring, Protocol):
    """What PROPOSE tools, and the graphs built on tools, are given: all of the reads, and proposals."""
