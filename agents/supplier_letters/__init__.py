"""Letters with suppliers: replies read by runs without tools, and letters phrased by a model within the facts."""
