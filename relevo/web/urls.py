"""Every address of the product."""

from django.urls import path, re_path

from relevo.web import problems
from relevo.web.views.closing import close, closing, reopen
from relevo.web.views.customer import customer
from relevo.web.views.customers import customers, customers_csv
from relevo.web.views.data import data
from relevo.web.views.definitions import definitions
from relevo.web.views.enter import SignIn, SignOut, enter
from relevo.web.views.health import healthz
from relevo.web.views.measures import measure
from relevo.web.views.money import money
from relevo.web.views.preferences import preferences
from relevo.web.views.reconcile import reconcile, reconcile_csv
from relevo.web.views.rows import rows, rows_csv
from relevo.web.views.today import today

urlpatterns = [
    path("", today, name="today"),
    path("customers", customers, name="customers"),
    path("customers.csv", customers_csv, name="customers-csv"),
    path("customers/<path:customer_id>", customer, name="customer"),
    path("money", money, name="money"),
    path("money/reconcile", reconcile, name="reconcile"),
    path("money/reconcile.csv", reconcile_csv, name="reconcile-csv"),
    path("rows/<slug:name>.csv", rows_csv, name="rows-csv"),
    path("rows/<slug:name>", rows, name="rows"),
    re_path(r"^measures/(?P<name>[a-z_]+)\.(?P<form>csv|json)$", measure, name="measure"),
    path("data", data, name="data"),
    path("data/closing", closing, name="closing"),
    path("data/closing/close", close, name="close-month"),
    path("data/closing/reopen", reopen, name="reopen-month"),
    path("definitions", definitions, name="definitions"),
    path("preferences", preferences, name="preferences"),
    path("sign-in", SignIn.as_view(), name="sign-in"),
    path("sign-out", SignOut.as_view(), name="sign-out"),
    path("enter/<str:token>", enter, name="enter"),
    path("healthz", healthz, name="healthz"),
]

handler400 = problems.bad_request
handler403 = problems.permission_denied
handler404 = problems.page_not_found
handler500 = problems.server_error
