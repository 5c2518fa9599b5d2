"""The ways out as one table: what each does, what it costs, when it is feasible, who decides, how it is undone."""

from collections.abc import Mapping

from core.domain.plans import Action, Resolution
from core.domain.resolutions.asking import ASKING
from core.domain.resolutions.selling import SELLING
from core.domain.resolutions.supplying import SUPPLYING
from core.domain.resolutions.way import Way

__all__ = ["OFFERED", "RESOLUTIONS", "Way"]

_WAYS: Mapping[Resolution, Way] = {**SUPPLYING, **SELLING, **ASKING}
RESOLUTIONS: Mapping[Resolution, Way] = {code: _WAYS[code] for code in Resolution}
OFFERED: frozenset[type[Action]] = frozenset(shape for way in RESOLUTIONS.values() for shape in way.offered)
