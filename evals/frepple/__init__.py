"""The planning models of the frePPLe test suite, answered by our promising and compared with its expected plans."""
