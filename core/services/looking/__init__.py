"""Looking things up: each function answers one question of a person or an agent, and writes nothing."""
