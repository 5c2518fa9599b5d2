"""Repair: the few best ways out of a case, built from blocks, simulated, priced and ranked."""

from core.planning.repair.casework import CasePlan, plan_case
from core.planning.repair.policy import DEFAULT_POLICY, RepairPolicy

__all__ = ["DEFAULT_POLICY", "CasePlan", "RepairPolicy", "plan_case"]
