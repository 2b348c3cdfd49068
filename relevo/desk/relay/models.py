"""Hand-offs with their items and history, promises, fit answers, deals that were declined.

Customers, deals and persons are named by their id in the book as text, resolved through aliases when read; who wrote by
the user name. Nothing is deleted. `is_new` says that the mirror has yet to take a row into the book.
"""

from django.db import models

from relevo.desk.relay import lengths

LONGEST_TEXT, LONGEST_REASON = lengths.LONGEST_TEXT, lengths.LONGEST_REASON


class HandOff(models.Model):
    """One passing of the baton. `revision` counts its changes; `template_from` is the day its template holds from.

    `completeness` (0 to 1) is that of the last giving, `accuracy` that of the confirmation, both in millionths.
    `unwritten` says whether more was known than was written down, once the receiver has answered. `overlap_until` is
    the last day on which the giver stays beside the receiver. `link_revision` makes links of the customer void.
    """

    customer_id = models.CharField(max_length=254, db_index=True)
    deal_id = models.CharField(max_length=254, blank=True, db_index=True)
    template = models.CharField(max_length=40)
    template_from = models.DateField(null=True)
    items = models.JSONField(default=list)
    checklist = models.JSONField(default=dict)
    from_role = models.CharField(max_length=40)
    to_role = models.CharField(max_length=40)
    from_person_id = models.CharField(max_length=254, blank=True, db_index=True)
    to_person_id = models.CharField(max_length=254, blank=True, db_index=True)
    state = models.CharField(max_length=10)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)
    changed_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    meeting_at = models.DateTimeField(null=True)
    overlap_until = models.DateField(null=True)
    completeness = models.PositiveIntegerField(null=True)
    accuracy = models.PositiveIntegerField(null=True)
    unwritten = models.BooleanField(null=True)
    override_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    customer_confirmed_at = models.DateTimeField(null=True)
    customer_says = models.TextField(blank=True)
    link_revision = models.PositiveIntegerField(default=0)
    plan = models.ForeignKey("Plan", null=True, on_delete=models.PROTECT, related_name="handoffs")
    is_new = models.BooleanField(default=False, db_index=True)

    class Meta:
        """Newest first; of one customer and one receiving role one is open at a time."""

        ordering = ("-id",)
        indexes = (
            # Holds all that the board looks at to see whose hand-offs are whose: rows are not read for it.
            models.Index(
                fields=("state", "-changed_at", "-id", "customer_id", "from_person_id", "to_person_id", "due_at"),
                name="relay_handoff_by_state",
            ),
            models.Index(fields=("customer_id", "accepted_at"), name="relay_handoff_taken"),
            models.Index(fields=("given_at",), name="relay_handoff_given"),
            models.Index(fields=("unwritten",), condition=models.Q(unwritten__isnull=False), name="relay_handoff_leak"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("customer_id", "to_role"),
                condition=models.Q(state__in=("draft", "given", "returned")),
                name="relay_one_open_per_role",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} hand-off {self.pk} of {self.customer_id}, {self.from_role} to {self.to_role}"


class HandOffItem(models.Model):
    """What stands in one item of a hand-off: the text, who at the customer said it when, and how sure it is.

    `source` tells where a prefilled text came from. `text_key` is a hash of the folded text, by which copies are found.
    `was_right` and `remark` are what the receiver found later.
    """

    handoff = models.ForeignKey(HandOff, on_delete=models.CASCADE, related_name="written")
    item = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    text_key = models.CharField(max_length=32, blank=True, db_index=True)
    said_by = models.CharField(max_length=254, blank=True)
    said_on = models.DateField(null=True)
    sure = models.CharField(max_length=10, blank=True)
    link = models.CharField(max_length=1_000, blank=True)
    source = models.CharField(max_length=254, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=254)
    was_right = models.BooleanField(null=True)
    remark = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        """Once per hand-off and item."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("handoff", "item"), name="relay_item_once"),)

    def __str__(self) -> str:
        return f"{self.item} of hand-off {self.handoff_id}"


class ReAsk(models.Model):
    """Something that the customer was asked again. `was_filled` says whether the hand-off had told it.

    `told_by` is who reports it: an agent, the receiver, or the customer.
    """

    handoff = models.ForeignKey(HandOff, on_delete=models.PROTECT, related_name="reasks")
    item = models.CharField(max_length=40)
    was_filled = models.BooleanField()
    told_by = models.CharField(max_length=10)
    note = models.CharField(max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=254, blank=True)

    class Meta:
        """In the order in which they were told."""

        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.item} asked again after hand-off {self.handoff_id}"


class ItemRead(models.Model):
    """That somebody downstream opened an item: once per hand-off, item and reader, with the last time."""

    handoff = models.ForeignKey(HandOff, on_delete=models.CASCADE, related_name="reads")
    item = models.CharField(max_length=40, db_index=True)
    who = models.CharField(max_length=254)
    at = models.DateTimeField(db_index=True)

    class Meta:
        """Once per reader."""

        constraints = (models.UniqueConstraint(fields=("handoff", "item", "who"), name="relay_read_once"),)

    def __str__(self) -> str:
        return f"{self.item} of {self.handoff_id} read by {self.who}"


class Promise(models.Model):
    """What was promised to a customer, and what became of it.

    `product_state` says whether the product could do it when it was promised. `decided_by` accepted or refused it for
    those who must keep it; `ended_how` says whether it was kept or broken by a person, by its date, or by its issue.
    """

    customer_id = models.CharField(max_length=254, db_index=True)
    deal_id = models.CharField(max_length=254, blank=True, db_index=True)
    handoff = models.ForeignKey(HandOff, null=True, on_delete=models.PROTECT, related_name="promises")
    text = models.TextField()
    person_id = models.CharField(max_length=254, blank=True, db_index=True)
    to_whom = models.CharField(max_length=254, blank=True)
    product_state = models.CharField(max_length=10)
    issue_id = models.CharField(max_length=254, blank=True, db_index=True)
    link = models.CharField(max_length=1_000, blank=True)
    made_at = models.DateTimeField()
    due_on = models.DateField(null=True, db_index=True)
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=254, blank=True)
    decided_why = models.CharField(max_length=LONGEST_REASON, blank=True)
    kept_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    ended_how = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    is_new = models.BooleanField(default=True, db_index=True)

    class Meta:
        """Newest first. The second index holds all that the ledger asks for: rows are not read to be counted."""

        ordering = ("-made_at", "-id")
        indexes = (
            models.Index(fields=("withdrawn_at", "-made_at", "-id"), name="relay_promise_newest"),
            models.Index(
                fields=(
                    "withdrawn_at", "kept_at", "broken_at", "due_on", "is_late", "product_state", "person_id",
                    "customer_id", "made_at",
                ),
                name="relay_promise_ledger",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"promise {self.pk} to {self.customer_id}"


class FollowUp(models.Model):
    """One line of a hand-off's item that is followed up: a need, a wish, a value, a date or an event.

    `source_key` is the hash of the line of the text that was taken over, '' for one that was written by hand.
    `first_due_on` is the day that was planned first and stays. `baseline`, `target` and `actual` are in millionths of
    `unit`. `status` is what was said of it, by a person or by a rule (`said_how`), and `done_on` the day on which it
    happened or was measured. `watch` names what in the book tells that it was reached. `promise` is the query that a
    wish which the product cannot meet put to the ledger, once.
    """

    handoff = models.ForeignKey(HandOff, on_delete=models.PROTECT, related_name="follow_ups")
    item = models.CharField(max_length=40)
    source_key = models.CharField(max_length=32, blank=True)
    text = models.TextField()
    priority = models.CharField(max_length=10, blank=True)
    first_due_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    metric = models.CharField(max_length=254, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.BigIntegerField(null=True)
    target = models.BigIntegerField(null=True)
    actual = models.BigIntegerField(null=True)
    evidence = models.CharField(max_length=LONGEST_REASON, blank=True)
    watch = models.CharField(max_length=254, blank=True)
    counts = models.CharField(max_length=10, blank=True)
    least = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=10)
    said_how = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    done_on = models.DateField(null=True)
    promise = models.OneToOneField(Promise, null=True, on_delete=models.PROTECT, related_name="wish")
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=254)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were taken over; each line of a text once."""

        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("status",),
                condition=models.Q(withdrawn_at__isnull=True) & ~models.Q(watch=""),
                name="relay_follow_watched",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("handoff", "item", "source_key"),
                condition=~models.Q(source_key=""),
                name="relay_follow_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.pk} of hand-off {self.handoff_id}, {self.status}"


class RelayEvent(models.Model):
    """One entry of the history of a hand-off or a promise; append-only.

    `text` is what was written, also where it was not taken because somebody else had saved in between.
    """

    handoff = models.ForeignKey(HandOff, null=True, on_delete=models.PROTECT, related_name="events")
    promise = models.ForeignKey(Promise, null=True, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    who = models.CharField(max_length=254)
    kind = models.CharField(max_length=30)
    item = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        """In the order in which it happened."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} by {self.who}"


class FitAnswer(models.Model):
    """The answer to one question about whether a deal's customer fits the product; the latest holds."""

    deal_id = models.CharField(max_length=254, db_index=True)
    customer_id = models.CharField(max_length=254, blank=True, db_index=True)
    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=LONGEST_REASON)
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=254)
    person_id = models.CharField(max_length=254, blank=True)
    is_new = models.BooleanField(default=True, db_index=True)

    class Meta:
        """Once per deal and question; earlier answers are in the audit."""

        ordering = ("deal_id", "question")
        constraints = (models.UniqueConstraint(fields=("deal_id", "question"), name="relay_fit_once"),)

    def __str__(self) -> str:
        return f"{self.question} of {self.deal_id}"


class FitOverride(models.Model):
    """That somebody let a deal pass the gate with the score it had, and why."""

    deal_id = models.CharField(max_length=254, db_index=True)
    customer_id = models.CharField(max_length=254, blank=True)
    score = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    at = models.DateTimeField()
    who = models.CharField(max_length=254)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"override of {self.deal_id} by {self.who}"


class DeclinedDeal(models.Model):
    """Something that was not sold on purpose, and why. `deal_id` is empty where no CRM knows it.

    `amount_cents` is in minor units of `currency`; null where nobody knows.
    """

    deal_id = models.CharField(max_length=254, blank=True, db_index=True)
    customer_id = models.CharField(max_length=254, blank=True, db_index=True)
    name = models.CharField(max_length=200)
    person_id = models.CharField(max_length=254, blank=True, db_index=True)
    amount_cents = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    why = models.CharField(max_length=40)
    reason = models.CharField(max_length=LONGEST_REASON)
    declined_on = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)
    withdrawn_at = models.DateTimeField(null=True)
    is_new = models.BooleanField(default=True, db_index=True)

    class Meta:
        """Newest first."""

        ordering = ("-declined_on", "-id")

    def __str__(self) -> str:
        return f"{self.name} declined by {self.created_by}"


class Plan(models.Model):
    """Somebody's customers handed over in one plan: an absence or a departure, with the days and why.

    `person_id` is who hands over; the hand-offs of the plan name who takes over. `from_on` is the first day without
    this person, `until_on` the last one of an absence; `ended_at` is when the customers were handed back.
    """

    kind = models.CharField(max_length=10)
    person_id = models.CharField(max_length=254, db_index=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    overlap_days = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id} from {self.from_on}"


class Delivery(models.Model):
    """A message to a webhook: what happened, told by ids alone, until it was taken or given up.

    `key` names the event, the same for every hook and every try, by which a receiver knows a repetition. `next_at` is
    when it is tried next; `answered` is what the receiver said last.
    """

    hook = models.CharField(max_length=40)
    key = models.CharField(max_length=300)
    event = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, db_index=True)
    given_up_at = models.DateTimeField(null=True, db_index=True)
    answered = models.CharField(max_length=200, blank=True)

    class Meta:
        """In the order in which it happened; each event once for each hook."""

        ordering = ("id",)
        indexes = (models.Index(fields=("delivered_at", "given_up_at", "next_at"), name="relay_delivery_waiting"),)
        constraints = (models.UniqueConstraint(fields=("hook", "key"), name="relay_delivery_once"),)

    def __str__(self) -> str:
        return f"{self.event} to {self.hook}"
