"""Tasks: those about a customer, and those of the viewer that are due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from relevo.answers.customers import names_of_customers
from relevo.answers.identity import current_id, former_ids
from relevo.answers.notes import customer_to_write_about
from relevo.answers.reading import NotFound, Reading
from relevo.desk.people.colleagues import colleagues
from relevo.desk.work.tasks import KeptTask, open_tasks_of, task_with, tasks_about

# What is due within a week belongs on the page of today.
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class TaskLine:
    """A task: `customer` is None where it concerns none, or none that the viewer may see; `owner_name` is for reading.

    `is_late` compares its day with today, where the company is.
    """

    id: int
    title: str
    due_on: date
    owner: str
    owner_name: str
    customer_id: str
    customer: str | None
    done_at: datetime | None
    is_late: bool


def customer_tasks(reading: Reading, customer_id: str, today: date) -> tuple[TaskLine, ...]:
    """The tasks about a customer: open ones first, by their day. NotFound where the viewer may not see it."""
    reading.check_customer(customer_id)
    names = dict(colleagues())
    return tuple(_line(reading, t, names, None, today) for t in tasks_about(former_ids(reading, customer_id)))


def my_tasks(reading: Reading, today: date) -> tuple[TaskLine, ...]:
    """What the viewer has to do by now or within a week, the longest overdue first."""
    kept = open_tasks_of(reading.viewer.name, today + AHEAD)
    if not kept:
        return ()
    customers = names_of_customers(reading)
    names = dict(colleagues())
    return tuple(_line(reading, t, names, customers.get(current_id(reading, t.customer_id)), today) for t in kept)


def task_to_change(reading: Reading, key: int) -> str:
    """The customer of a task that the viewer may change: one's own, or one about a customer one may see.

    '' where it concerns none, or none that one may see. NotFound otherwise, and where there is no such task.
    """
    task = task_with(key)
    if task is None:
        raise NotFound("There is no such task here.", "Look for it on the page of its customer, or under Today.")
    if task.owner == reading.viewer.name:
        known = current_id(reading, task.customer_id)
        return known if reading.viewer.scope is None or known in reading.viewer.scope else ""
    if not task.customer_id:
        raise NotFound("There is no such task here.", "Look for it under Today.")
    return customer_to_write_about(reading, task.customer_id)


def possible_owners(reading: Reading) -> tuple[tuple[str, str], ...]:
    """User name and name of whom a task may be given to, the viewer first."""
    everybody = colleagues()
    mine = tuple(pair for pair in everybody if pair[0] == reading.viewer.name)
    return (*mine, *(pair for pair in everybody if pair not in mine))


def _line(reading: Reading, task: KeptTask, names: dict[str, str], customer: str | None, today: date) -> TaskLine:
    return TaskLine(
        id=task.id,
        title=task.title,
        due_on=task.due_on,
        owner=task.owner,
        owner_name=names.get(task.owner, task.owner),
        customer_id=current_id(reading, task.customer_id) if task.customer_id else "",
        customer=customer,
        done_at=task.done_at,
        is_late=task.done_at is None and task.due_on < today,
    )
