"""The engine over columns: netting, pegging, promising, allocation, repair, simulation, detection."""
