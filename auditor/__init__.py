"""Audit who can be ordered to open, or to cut, the services an organisation depends on."""

__version__ = "0.1.0"
