"""Supplier lateness: the model fitted on real deliveries and measured on later ones."""
