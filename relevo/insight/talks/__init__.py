"""Conversations across crafts: how load lies on people and weeks, what customers write about, what comes of it."""
