"""Relevo: one customer book for sales, support and customer success."""

__version__ = "0.1.0"
