"""Awards: one need shared out among the offers of several suppliers, exactly."""
