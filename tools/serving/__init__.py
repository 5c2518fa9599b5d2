"""The verbs of tools/access over the services, each call one unit of work; tools/service_core.py puts them together."""
