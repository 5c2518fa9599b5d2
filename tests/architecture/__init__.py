"""What must hold for every file, dependency and import."""
