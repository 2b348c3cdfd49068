"""Every address of the product."""

from django.urls import include, path, re_path

from relevo.web import problems
from relevo.web.views.ahead import ahead
from relevo.web.views.closing import close, closing, reopen
from relevo.web.views.compare import compare, compare_csv
from relevo.web.views.conversations.after import after as after_contact
from relevo.web.views.conversations.channels import channels
from relevo.web.views.conversations.load import load
from relevo.web.views.conversations.overview import overview as conversations
from relevo.web.views.conversations.people import appraisal_file
from relevo.web.views.conversations.people import people as support_people
from relevo.web.views.conversations.people import person as support_person
from relevo.web.views.conversations.reviews import (
    note_coaching,
    one_review,
    pick_review,
    reviews,
    take_review,
    withdraw_coaching,
)
from relevo.web.views.conversations.types import work_types
from relevo.web.views.conversations.waits import waits
from relevo.web.views.customer import customer
from relevo.web.views.customers import customers, customers_download
from relevo.web.views.data import data
from relevo.web.views.data_parts import aside, aside_csv, loads_csv, loads_page
from relevo.web.views.definitions import definition, definitions
from relevo.web.views.economics import unit_economics
from relevo.web.views.enter import SignIn, SignOut, enter, openid_callback, openid_start, sign_in_code
from relevo.web.views.files import again, file, files, take_back
from relevo.web.views.health import healthz
from relevo.web.views.identity import decide, decisions, identity, undo
from relevo.web.views.kit import kit
from relevo.web.views.mail import mail_test
from relevo.web.views.measures import measure
from relevo.web.views.money import money, survival_table
from relevo.web.views.notes import file_note, withdraw_note
from relevo.web.views.preferences import preferences
from relevo.web.views.reconcile import reconcile, reconcile_csv
from relevo.web.views.relay import follow
from relevo.web.views.relay.acts import act
from relevo.web.views.relay.begin import new_handoff
from relevo.web.views.relay.board import board, board_column
from relevo.web.views.relay.customer_link import customer_link
from relevo.web.views.relay.fidelity import fidelity
from relevo.web.views.relay.fit import add_decline, fit, fit_file, take_back_decline
from relevo.web.views.relay.fit_deal import deal as fit_deal
from relevo.web.views.relay.fit_questions import questions as fit_questions
from relevo.web.views.relay.friction import friction
from relevo.web.views.relay.items import handoff_items
from relevo.web.views.relay.one import handoff, loaded
from relevo.web.views.relay.person import person as relay_person
from relevo.web.views.relay.plans import end as end_plan
from relevo.web.views.relay.plans import give_all, plan, plans
from relevo.web.views.relay.process import process
from relevo.web.views.relay.promise import promise, promise_new
from relevo.web.views.relay.promises import promises, promises_file
from relevo.web.views.relay.records import records
from relevo.web.views.relay.write import item, write
from relevo.web.views.review import freeze_review, review, review_json
from relevo.web.views.rows import rows, rows_file
from relevo.web.views.saved_views import change, delete, save
from relevo.web.views.search import search
from relevo.web.views.settings.audit import audit, audit_csv
from relevo.web.views.settings.codes import codes, codes_picture
from relevo.web.views.settings.goals import goals
from relevo.web.views.settings.house import house, rule
from relevo.web.views.settings.me import me, password, save_profile
from relevo.web.views.settings.people import people, person
from relevo.web.views.settings.roles import roles
from relevo.web.views.settings.running import jobs
from relevo.web.views.settings.sessions import end, keys, revoke, sessions
from relevo.web.views.tasks import add_task, finish_task, move_task, reopen_task
from relevo.web.views.today import today
from relevo.web.views.uploads import upload, upload_result
from relevo.web.views.voices.call_back import call_back
from relevo.web.views.voices.rating import rating

urlpatterns = [
    path("", today, name="today"),
    path("customers", customers, name="customers"),
    path("customers.csv", customers_download, {"form": "csv"}, name="customers-csv"),
    path("customers.xlsx", customers_download, {"form": "xlsx"}, name="customers-xlsx"),
    path("search", search, name="search"),
    path("views/save", save, name="view-save"),
    path("views/<int:view_id>/change", change, name="view-change"),
    path("views/<int:view_id>/delete", delete, name="view-delete"),
    path("customers/<path:customer_id>", customer, name="customer"),
    path("notes/file", file_note, name="file-note"),
    path("notes/<int:key>/withdraw", withdraw_note, name="withdraw-note"),
    path("tasks/add", add_task, name="add-task"),
    path("tasks/<int:key>/finish", finish_task, name="finish-task"),
    path("tasks/<int:key>/reopen", reopen_task, name="reopen-task"),
    path("tasks/<int:key>/move", move_task, name="move-task"),
    path("review", review, name="review"),
    path("review.json", review_json, name="review-json"),
    path("review/freeze", freeze_review, name="freeze-review"),
    path("money", money, name="money"),
    path("money/survival", survival_table, name="survival-table"),
    path("money/unit-economics", unit_economics, name="unit-economics"),
    path("money/ahead", ahead, name="ahead"),
    path("money/reconcile", reconcile, name="reconcile"),
    path("money/reconcile.csv", reconcile_csv, name="reconcile-csv"),
    path("hand-offs/records", records, name="records"),
    path("rows/<slug:name>.csv", rows_file, {"form": "csv"}, name="rows-csv"),
    path("rows/<slug:name>.xlsx", rows_file, {"form": "xlsx"}, name="rows-xlsx"),
    path("rows/<slug:name>", rows, name="rows"),
    re_path(r"^measures/(?P<name>[a-z_]+)\.(?P<form>csv|xlsx|json)$", measure, name="measure"),
    path("hand-offs", board, name="hand-offs"),
    path("hand-offs/list", board_column, name="hand-offs-list"),
    path("hand-offs/new", new_handoff, name="new-hand-off"),
    path("hand-offs/<int:key>", handoff, name="hand-off"),
    path("hand-offs/<int:key>/write", write, name="write-hand-off"),
    path("hand-offs/<int:key>/items/<slug:item>", item, name="hand-off-item"),
    path("hand-offs/<int:key>/do/<slug:act>", act, name="do-hand-off"),
    path("hand-offs/loaded/<path:handoff_id>", loaded, name="loaded-hand-off"),
    path("data", data, name="data"),
    path("data/loads", loads_page, name="loads"),
    path("data/loads.csv", loads_csv, name="loads-csv"),
    path("data/aside", aside, name="aside"),
    path("data/aside.csv", aside_csv, name="aside-csv"),
    path("data/upload", upload, name="upload"),
    path("data/uploads/<int:key>", upload_result, name="upload-result"),
    path("data/files", files, name="files"),
    path("data/files/<path:file>", file, name="file"),
    path("data/take-back", take_back, name="take-back"),
    path("data/read-again", again, name="read-again"),
    path("data/compare", compare, name="compare"),
    path("data/compare.csv", compare_csv, name="compare-csv"),
    path("data/identity", identity, name="identity"),
    path("data/identity/decisions", decisions, name="identity-decisions"),
    path("data/identity/decide", decide, name="decide-identity"),
    path("data/identity/<int:key>/undo", undo, name="undo-identity"),
    path("data/closing", closing, name="closing"),
    path("data/closing/close", close, name="close-month"),
    path("data/closing/reopen", reopen, name="reopen-month"),
    path("definitions", definitions, name="definitions"),
    path("definitions/<slug:name>", definition, name="definition"),
    path("kit", kit, name="kit"),
    path("preferences", preferences, name="preferences"),
    path("settings", me, name="settings"),
    path("settings/profile", save_profile, name="save-profile"),
    path("settings/password", password, name="password"),
    path("settings/codes", codes, name="codes"),
    path("settings/codes.svg", codes_picture, name="codes-picture"),
    path("settings/sessions", sessions, name="sessions"),
    path("settings/sessions/end", end, name="end-session"),
    path("settings/keys", keys, name="keys"),
    path("settings/keys/revoke", revoke, name="revoke-key"),
    path("settings/people", people, name="people"),
    path("settings/people/<path:username>", person, name="person"),
    path("settings/roles", roles, name="roles"),
    path("settings/house", house, name="house"),
    path("settings/house/<slug:key>", rule, name="rule"),
    path("settings/goals", goals, name="goals"),
    path("settings/running", jobs, name="running"),
    path("settings/audit", audit, name="audit"),
    path("settings/audit.csv", audit_csv, name="audit-csv"),
    path("sign-in", SignIn.as_view(), name="sign-in"),
    path("sign-in/code", sign_in_code, name="sign-in-code"),
    path("sign-in/openid", openid_start, name="openid-start"),
    path("sign-in/openid/callback", openid_callback, {"provider_id": "company"}, name="openid_connect_callback"),
    path("sign-out", SignOut.as_view(), name="sign-out"),
    path("enter/<str:token>", enter, name="enter"),
    path("settings/mail/test", mail_test, name="mail-test"),
    path("h/<str:token>", customer_link, name="customer-link"),
    path("r/<str:token>", rating, name="rating"),
    path("hand-offs/<int:key>/follow-ups", follow.take, name="follow-ups"),
    path("hand-offs/<int:key>/follow-ups/<int:line>", follow.line, name="follow-up"),
    path("hand-offs/fidelity", fidelity, name="fidelity"),
    path("hand-offs/people/<path:person_id>", relay_person, name="relay-person"),
    path("hand-offs/process", process, name="process"),
    path("hand-offs/friction", friction, name="friction"),
    path("hand-offs/items", handoff_items, name="handoff-items"),
    path("hand-offs/plans", plans, name="plans"),
    path("hand-offs/plans/<int:key>", plan, name="plan"),
    path("hand-offs/plans/<int:key>/give", give_all, name="plan-give"),
    path("hand-offs/plans/<int:key>/end", end_plan, name="plan-end"),
    path("conversations", conversations, name="conversations"),
    path("conversations/people", support_people, name="support-people"),
    path("conversations/people/<path:person_id>", support_person, name="support-person"),
    path("conversations/appraisal/<path:person_id>", appraisal_file, name="appraisal"),
    path("conversations/waits", waits, name="waits"),
    path("conversations/load", load, name="load"),
    path("conversations/types", work_types, name="work-types"),
    path("conversations/channels", channels, name="channels"),
    path("conversations/reviews", reviews, name="reviews"),
    path("conversations/reviews/<int:key>", one_review, name="one-review"),
    path("conversations/reviews/take/<int:key>", take_review, name="take-review"),
    path("conversations/reviews/pick", pick_review, name="pick-review"),
    path("conversations/reviews/coaching", note_coaching, name="note-coaching"),
    path("conversations/reviews/coaching/<int:key>/withdraw", withdraw_coaching, name="withdraw-coaching"),
    path("conversations/call-back", call_back, name="call-back"),
    path("conversations/after", after_contact, name="after-contact"),
    path("healthz", healthz, name="healthz"),
    path("promises", promises, name="promises"),
    path("promises.csv", promises_file, {"form": "csv"}, name="promises-csv"),
    path("promises.xlsx", promises_file, {"form": "xlsx"}, name="promises-xlsx"),
    path("promises/new", promise_new, name="promise-new"),
    path("promises/<int:key>", promise, name="promise"),
    path("fit", fit, name="fit"),
    path("fit.csv", fit_file, {"form": "csv"}, name="fit-csv"),
    path("fit.xlsx", fit_file, {"form": "xlsx"}, name="fit-xlsx"),
    path("fit/questions", fit_questions, name="fit-questions"),
    path("fit/declined", add_decline, name="decline-deal"),
    path("fit/declined/<int:key>/take-back", take_back_decline, name="take-back-decline"),
    path("fit/deals/<path:deal_id>", fit_deal, name="fit-deal"),
    # The API is a layer beside this one, so it is named and not imported: neither knows the other.
    path("api/", include("relevo.api.urls")),
]

handler400 = problems.bad_request
handler403 = problems.permission_denied
handler404 = problems.page_not_found
handler500 = problems.server_error
