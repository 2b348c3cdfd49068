"""The relay: who holds a customer, what was handed on, what was promised and kept."""
