"""Measures of what becomes of a customer after the sale: who holds it, and what is lost where it is handed on."""
