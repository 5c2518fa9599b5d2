"""Supply at work: buying, receiving, making, moving, capacity and what to do next; one use case a function."""
