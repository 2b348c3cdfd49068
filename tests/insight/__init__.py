"""Insights: what mixes crafts."""
