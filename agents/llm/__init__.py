"""The one port to a language model."""
