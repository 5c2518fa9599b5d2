"""What goes wrong at the full-size company after its books were loaded: carried out through the services."""
