"""Support: how customers are helped, how long they wait, what it takes, and what they say of it."""
