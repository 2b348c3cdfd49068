"""Support: how customers are helped, how long they wait, what it takes, what they say of it and how good it was."""
