"""P22: the company without any signal. Whatever detector runs on it must stay quiet.

The same machinery with every factor at 1: one monthly hazard for all (`HAZARD`), whoever sold or looks after the
customer, whatever its segment, size, channel, country, plan or billing; ratings drawn from one distribution; usage
that does not fade before the end. Tests shuffle labels over sellers, managers, segments and channels.
"""

HAZARD = 0.014
"""Chance to leave at each month of service."""

HAPPINESS = (0.72, 0.17, 0.11)
"""Shares of great, okay and not good, for everybody."""
