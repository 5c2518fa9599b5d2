"""Sales orders over their life: entered, quoted, amended, cancelled, and coming again."""
