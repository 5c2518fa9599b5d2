"""The narrow core over the services: every verb one unit of work, under the agents' own database role."""

from tools.serving.cases import ServedCases
from tools.serving.configuring import ServedConfiguring
from tools.serving.drafting import ServedDrafting
from tools.serving.evidence import ServedEvidence
from tools.serving.inquiring import ServedInquiring
from tools.serving.looking import ServedLooking
from tools.serving.options import ServedOptions
from tools.serving.proposing import ServedProposing
from tools.serving.scenarios import ServedScenarios


class ServiceCore(
    ServedCases,
    ServedEvidence,
    ServedOptions,
    ServedScenarios,
    ServedLooking,
    ServedConfiguring,
    ServedProposing,
    ServedDrafting,
    ServedInquiring,
):
    """Fulfils ToolCore: all verbs of tools/serving on one `open_uow`, the suppliers, and who asks (see Served)."""

    __slots__ = ()
