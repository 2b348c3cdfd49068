"""What runs without a person: when each job is due, how it went, who works on it now."""
