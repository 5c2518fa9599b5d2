"""The bulk reader: the columns a scan needs, in one statement, straight into numpy arrays."""
