"""The tests, a mirror of the tree plus journeys, architecture, contracts and chaos."""
