"""In which team a person was, by the dated history where there is one, else as it is now."""

import ibis
import ibis.expr.types as ir

from relevo.book.schema import Tables


def with_team(rows: ir.Table, tables: Tables) -> ir.Table:
    """Rows of the ledger with `team`: that of `person` at `at`, of the holder where nobody did, null if unknown."""
    holders = tables.episode.select(talk="conversation_id", turn="episode", holder="holder_id")
    held = rows.left_join(holders, (rows.conversation_id == holders.talk) & (rows.episode == holders.turn))
    found = held.mutate(helper=ibis.coalesce(held.person, held.holder))
    then = _spans(tables)
    day = found["at"].date()
    dated = found.left_join(
        then, (found.helper == then.member) & (then.since <= day) & (then.until.isnull() | (then.until > day))
    )
    people = tables.person.select(known="person_id", now="team")
    both = dated.left_join(people, dated.helper == people.known)
    return both.select(*rows.columns, team=ibis.coalesce(both.then, both.now))


def _spans(tables: Tables) -> ir.Table:
    """The history of teams without overlaps: a span ends at the latest where the person's next one begins."""
    roles = tables.person_role
    order = ibis.window(group_by="person_id", order_by="from_on")
    following = roles.from_on.lead().over(order)
    until = ibis.ifelse(following < roles.to_on, following, ibis.coalesce(roles.to_on, following))
    return roles.select(member="person_id", then="team", since="from_on", until=until)
