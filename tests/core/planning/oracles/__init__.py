"""Each algorithm of planning once more in plain Python, short and obvious."""
