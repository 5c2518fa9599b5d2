"""The files an installation begins with, checked where they cannot be run."""
