"""Filters that write values: `{% load relevo %}` then `{{ value|day }}`."""

from django import template

from relevo.web import format as written
from relevo.web.conversations.tabs import conversation_tabs
from relevo.web.money.tabs import money_tabs
from relevo.web.relay.tabs import relay_tabs
from relevo.web.tables import table, table_rows

register = template.Library()
register.simple_tag(table)
register.simple_tag(table_rows)
register.simple_tag(money_tabs)
register.simple_tag(conversation_tabs)
register.simple_tag(relay_tabs)
register.filter("count", written.count)
register.filter("day", written.day)
register.filter("minute", written.minute)
register.filter("moment", written.moment)
register.filter("month", written.month)
register.filter("months", written.months)
