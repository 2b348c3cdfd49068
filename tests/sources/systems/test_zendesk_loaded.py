"""Zendesk as a loader lands it: nothing of the raw tables is lost unsaid, and figures are those of the raw rows."""

from pathlib import Path

import pytest

from tests.sources.systems.loading import Loaded, load, needs_data, seeds_of, write


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(seeds_of("zendesk"), tmp_path_factory.mktemp("zendesk") / "landing")


@needs_data
def test_every_file_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_file_is_told()
    assert seeds.report.asked == ()
    assert seeds.report.looked_up == ("domain_name_data.csv",)
    nothing = {file for file, why in seeds.why_unused.items() if "takes nothing from this table of Zendesk" in why}
    assert nothing == {
        "audit_log_data.csv", "brand_data.csv", "daylight_time_data.csv", "group_data.csv", "organization_tag_data.csv",
        "sla_policy_metric_history_data.csv", "ticket_chat_data.csv", "ticket_chat_event_data.csv",
        "ticket_form_history_data.csv", "ticket_schedule_data.csv", "ticket_sla_policy_data.csv",
        "ticket_tag_data.csv", "time_zone_data.csv", "user_tag_data.csv",
    }  # fmt: skip
    assert set(seeds.report.unused) - nothing == {
        "brand_data_postgres.csv", "organization_tag_data_snowflake.csv", "user_data_snowflake.csv",
        "user_tag_data_snowflake.csv",
    }  # fmt: skip


@needs_data
def test_every_row_of_the_seeds_is_told(seeds: Loaded) -> None:
    # Holiday 1163028 lasts two days.
    seeds.every_row_is_told(cuts={("schedule_holiday_data.csv", "holiday"): 1})
    assert seeds.counts == {
        ("organization_data.csv", "customer"): (10, 0, 0),
        ("user_data.csv", "contact"): (9, 0, 1),
        ("user_data.csv", "person"): (1, 0, 9),
        ("ticket_data.csv", "conversation"): (8, 0, 2),
        ("ticket_comment_data.csv", "message"): (0, 20, 0),
        ("ticket_field_history_data.csv", "conversation_event"): (37, 0, 1),
        ("schedule_data.csv", "schedule"): (5, 0, 0),
        ("schedule_holiday_data.csv", "holiday"): (3, 0, 0),
    }
    # None of the writers 402935450113, 413068955393, 424142574593 and 423362500353 is among the ten users.
    reason = "its writer is not known: the table user does not have them"
    assert seeds.aside == {("ticket_comment_data.csv", "message", "author_kind", reason): 20}
    assert seeds.left == {
        ("user_data.csv", "contact"): {
            "1 rows are not read into contact: they are our own people, or of no organisation."
        },
        ("user_data.csv", "person"): {"9 rows are not read into person: they are customers' people."},
        ("ticket_data.csv", "conversation"): {"2 rows are not read into conversation: they were deleted."},
        ("ticket_field_history_data.csv", "conversation_event"): {
            # The requester of 11071.
            "1 rows are not read into conversation_event: they tell of fields that the book does not follow."
        },
    }


@needs_data
def test_a_ticket_is_solved_when_its_history_says_so(seeds: Loaded) -> None:
    # Ticket 11071 has no organisation; its requester 2222 is of 370297696174. Its status became solved on 2020-11-14
    # 11:01:27 and closed a day later, which is not solved once more.
    told = "customer_id, contact_id, priority, opened_at, resolved_at, closed_at, assignee_id"
    assert seeds.rows("conversation", told, "conversation_id = 'zendesk:11071'") == [
        (
            "zendesk:370297696174", "zendesk:2222", "urgent", "2020-08-28 18:06:36", "2020-11-14 11:01:27",
            "2020-11-15 11:01:27", "zendesk:1111",
        )
    ]  # fmt: skip
    # The others of the eight are in no history: when they were solved is not known.
    assert seeds.rows("conversation", "count(*), count(resolved_at)") == [(8, 1)]


@needs_data
def test_the_events_of_a_ticket_are_in_their_order(seeds: Loaded) -> None:
    # Rows 2 to 19 of the history, by field: 13 of its status, 4 of its priority, 1 of its assignee.
    of = "conversation_id = 'zendesk:11071' AND kind"
    states = [
        "open", "pending", "on-hold", "pending", "open", "pending", "on-hold", "open", "on-hold", "pending", "open",
        "solved", "closed",
    ]  # fmt: skip
    told = seeds.rows("conversation_event", '"at", from_value, to_value', f"{of} = 'status'")
    assert [(before, after) for _, before, after in told] == list(zip([None, *states[:-1]], states, strict=True))
    assert [str(at)[5:10] for at, *_ in told] == [
        "08-28", "08-29", "09-02", "09-05", "09-15", "09-30", "10-01", "10-15", "10-17", "10-20", "11-02", "11-14",
        "11-15",
    ]  # fmt: skip
    assert seeds.rows("conversation_event", '"at", from_value, to_value', f"{of} = 'priority'") == [
        ("2020-08-28 11:01:27", None, "normal"),
        ("2020-09-30 11:01:27", "normal", "medium"),
        ("2020-10-15 11:01:27", "medium", "high"),
        ("2020-11-02 11:01:27", "high", "urgent"),
    ]
    # Rows 28, 29, 33 and 37 say the same of ticket 102: of 37 rows 34 count.
    assert seeds.rows("conversation_event", "count(*)") == [(34,)]


@needs_data
def test_opening_hours_are_minutes_since_sunday(seeds: Loaded) -> None:
    # 1920 = 1 x 1440 + 480: Monday 8 o'clock; 2640 = 1920 + 720: 20 o'clock. So do the others: 3360, 4800, 6240, 7680.
    told = seeds.rows("schedule", "weekday, opens, closes, timezone")
    assert {day for day, *_ in told} == {"mon", "tue", "wed", "thu", "fri"}
    assert {tuple(map(str, hours)) for _, *hours in told} == {("08:00", "20:00", "America/Los_Angeles")}
    assert seeds.rows("holiday", "on_date, name") == [
        ("2022-12-26", "Test Holiday"),
        ("2022-12-27", "Test Holiday"),
        ("2022-12-29", "Test Holiday 2"),
    ]


@needs_data
def test_an_agent_is_a_person_and_an_end_user_a_contact(seeds: Loaded) -> None:
    told = "person_id, name, team, role, timezone"
    assert seeds.rows("person", told) == [("zendesk:1111", "Arthur Agent", "support", "agent", "America/Los_Angeles")]
    # Of nine end users two each are of 370319212353 and 370326203233.
    of = "customer_id = 'zendesk:370326203233'"
    assert seeds.rows("contact", "contact_id", of) == [("zendesk:403969943274",), ("zendesk:403970285734",)]


def test_the_first_reply_is_public_and_by_one_of_us(tmp_path: Path) -> None:
    # Ticket 1: asked at 10:00, a note at 10:05, a reply at 10:42, thanks at 11:00: 42 minutes to the first reply.
    # The writer 99 of ticket 2 asked for it, and is known by that alone; who 98 is nobody knows; -1 is Zendesk.
    loaded = load(
        write(
            tmp_path / "raw",
            ticket="""
                id,brand_id,created_at,updated_at,requester_id,submitter_id,organization_id,status,via_channel
                1,1,2026-03-02 10:00:00,2026-03-02 11:00:00,20,20,7,open,email
                2,1,2026-03-02 12:00:00,2026-03-02 12:00:00,99,99,,new,web
            """,
            user="""
                id,name,email,role,organization_id,time_zone,locale_id,active,created_at
                10,Ag,ag@us.example,agent,,Madrid,1,true,2026-01-01 00:00:00
                20,Cu,cu@them.example,end-user,7,Madrid,1,true,2026-01-01 00:00:00
            """,
            ticket_comment="""
                id,ticket_id,user_id,created,public,body
                1,1,20,2026-03-02 10:00:00,true,Help
                2,1,10,2026-03-02 10:05:00,false,Who knows this one
                3,1,10,2026-03-02 10:42:00,true,Here you are
                4,1,20,2026-03-02 11:00:00,true,Thanks
                5,2,99,2026-03-02 12:00:00,true,Hello
                6,2,98,2026-03-02 12:10:00,true,Hello too
                7,2,-1,2026-03-02 12:20:00,true,We got your message
            """,
        ),
        tmp_path / "landing",
    )
    assert loaded.rows("message", "message_id, author_kind, is_public") == [
        ("zendesk:1", "customer", True), ("zendesk:2", "human", False), ("zendesk:3", "human", True),
        ("zendesk:4", "customer", True), ("zendesk:5", "customer", True), ("zendesk:7", "system", True),
    ]  # fmt: skip
    reply = """epoch(min("at") FILTER (author_kind = 'human' AND is_public) - min("at")) / 60"""
    assert loaded.rows("message", reply, "conversation_id = 'zendesk:1'") == [(42.0,)]
    assert [(key[3], count) for key, count in loaded.aside.items()] == [
        ("its writer is not known: the table user does not have them", 1)
    ]


def test_a_holiday_of_an_unreadable_day_is_set_aside(tmp_path: Path) -> None:
    loaded = load(
        write(
            tmp_path / "raw",
            schedule_holiday="""
                id,schedule_id,name,start_date,end_date,_fivetran_deleted
                1,7,Easter,2026-04-05,2026-04-06,false
                2,7,Soon,some day,2026-05-01,false
                3,7,Nobody knows,,2026-05-01,false
            """,
        ),
        tmp_path / "landing",
    )
    loaded.every_row_is_told(cuts={("schedule_holiday.csv", "holiday"): 1})
    assert loaded.rows("holiday", "on_date") == [("2026-04-05",), ("2026-04-06",)]
    assert sorted(reason for *_, reason in loaded.aside) == [
        "it is empty but required",
        "start_date cannot be read: it is not a day",
    ]


def test_ratings_and_who_was_asked(tmp_path: Path) -> None:
    """Of four tickets two were rated, one was offered and not answered, one was never asked about."""
    loaded = load(
        write(
            tmp_path / "raw",
            satisfaction_rating="""
                id,ticket_id,requester_id,assignee_id,score,comment,reason,created_at,updated_at
                1,11,u1,a1,good,Thanks,,2026-03-02 10:00:00,2026-03-02 11:00:00
                2,12,u1,a1,bad_with_comment,Slow,The issue took too long,2026-03-03 10:00:00,2026-03-03 12:00:00
                3,13,u2,a1,offered,,,2026-03-04 10:00:00,2026-03-04 10:00:00
                4,14,u2,a1,unoffered,,,2026-03-05 10:00:00,2026-03-05 10:00:00
            """,
            user="""
                id,name,email,role,organization_id
                u1,Ann,ann@acme.example,end-user,o1
                u2,Bo,bo@bolt.example,end-user,
            """,
        ),
        tmp_path / "landing",
    )
    loaded.every_row_is_told(cuts={})
    assert loaded.rows("rating", "conversation_id, customer_id, contact_id, score, scale_max, reason") == [
        ("zendesk:11", "zendesk:o1", "zendesk:u1", 1, 1, None),
        ("zendesk:12", "zendesk:o1", "zendesk:u1", 0, 1, "The issue took too long"),
    ]
    assert loaded.rows("rating", '"at"') == [("2026-03-02 11:00:00",), ("2026-03-03 12:00:00",)]
    assert loaded.rows("survey_invite", "conversation_id, customer_id, kind") == [
        ("zendesk:11", "zendesk:o1", "csat"), ("zendesk:12", "zendesk:o1", "csat"), ("zendesk:13", None, "csat")
    ]  # fmt: skip
