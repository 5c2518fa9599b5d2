"""The demo company: Sabine Valve and Pump, generated from a seed, with declared disruptions."""
