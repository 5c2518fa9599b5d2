"""Detection beside the engine: what documents, lots, shipments, holds, returns and feeds say, as pure functions."""
