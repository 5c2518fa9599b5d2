"""The LangGraph graphs, the model port and the worker that runs them."""
