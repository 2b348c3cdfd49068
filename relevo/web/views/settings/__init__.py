"""Settings: what is one's own, people and roles, rules of the house, the audit."""
