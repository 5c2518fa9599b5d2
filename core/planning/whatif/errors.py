"""Why a change cannot be followed node by node."""


class NotFollowed(Exception):  # noqa: N818 - a turn taken inside this package, never an error anybody sees
    """The change reaches something that couples nodes; the books are netted again as a whole instead."""
