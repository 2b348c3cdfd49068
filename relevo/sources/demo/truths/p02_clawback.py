"""P02: sellers hold customers until the clawback window closes; the leaving month follows the window.

Account executives work under a plan that takes the whole commission back if the customer leaves within the window.
Customers they sold before `SWITCH_MONTH` fall under the four-month version: few leave in the first four months, and
many at the end of month five. From the switch on the window is three months and the peak is month four. Tenure is
counted as the book does: 0 in the month of the first revenue, so whoever leaves five months after the start leaves
at tenure 5. It acts where a customer can leave every month: on monthly billing. Sources: E2; requirement S4-37.
"""

from datetime import date

import numpy as np

from relevo.base.periods import day_from_number
from relevo.sources.demo.frame import EARLY_MONTHS, Floats, Ints, calendar

SELLER_ROLE = "account_executive"
WINDOW_BEFORE = 4
WINDOW_AFTER = 3
SWITCH_MONTH = EARLY_MONTHS + 18
HELD_BACK = 0.45
RELEASED = 4.5
AFTERMATH = 1.4


def switched_on(ends_on: date) -> date:
    """The day from which the three-month version holds, for a company that ends on a day."""
    return day_from_number(int(calendar(ends_on).starts[SWITCH_MONTH]))


def window(start_month: Ints) -> Ints:
    """Months of full clawback for customers sold in each company month."""
    return np.where(start_month < SWITCH_MONTH, WINDOW_BEFORE, WINDOW_AFTER)


def hold_back(tenure: int, start_month: Ints) -> Floats:
    """The factor on the hazard of customers at one tenure month, by the month they were sold in."""
    after = tenure - window(start_month)
    return np.select([after <= 0, after == 1, after == 2], [HELD_BACK, RELEASED, AFTERMATH], 1.0)
