"""Values, entities, state machines and policies: frozen data and functions, no I/O and no clock."""
