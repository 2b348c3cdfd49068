"""Intercom as a loader lands it, version by version: nothing is lost unsaid, and figures are those of the raw rows."""

from pathlib import Path

import pytest

from tests.sources.systems.loading import Loaded, load, needs_data, seeds_of, write


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(seeds_of("intercom"), tmp_path_factory.mktemp("intercom") / "landing")


@needs_data
def test_every_file_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_file_is_told()
    assert seeds.report.asked == ()
    assert seeds.report.looked_up == ("contact_company_history_data.csv", "conversation_contact_history_data.csv")
    nothing = {file for file, why in seeds.why_unused.items() if "takes nothing from this table of Intercom" in why}
    # The table team looks like HubSpot's, and is Intercom's among the tables of Intercom.
    assert nothing == {
        "article_history_data.csv", "collection_history_data.csv", "company_tag_history_data.csv",
        "contact_tag_history_data.csv", "conversation_tag_history_data.csv", "help_center_history_data.csv",
        "tag_data.csv", "team_admin_data.csv", "team_data.csv",
    }  # fmt: skip
    assert set(seeds.report.unused) - nothing == {"collection_history_data_snowflake.csv"}


@needs_data
def test_every_row_of_the_seeds_is_told(seeds: Loaded) -> None:
    seeds.every_row_is_told(cuts={})
    conversations, parts = "conversation_history_data.csv", "conversation_part_history_data.csv"
    # Nine rows are three versions of conversation ...1311 and six of ...1372. Of nine parts one has a body.
    assert seeds.counts == {
        ("admin_data.csv", "person"): (4, 0, 0),
        ("company_history_data.csv", "customer"): (9, 0, 0),
        ("company_history_data.csv", "customer_alias"): (9, 0, 0),
        ("contact_history_data.csv", "contact"): (1, 0, 8),
        (conversations, "conversation"): (2, 0, 7),
        (conversations, "message"): (2, 0, 7),
        (conversations, "rating"): (0, 0, 9),
        (parts, "message"): (1, 0, 8),
        (parts, "conversation_event"): (8, 0, 1),
    }
    assert seeds.aside == {}
    later = "a later version of them is there"
    assert seeds.left == {
        ("contact_history_data.csv", "contact"): {"8 rows are not read into contact: they are of no company."},
        (conversations, "conversation"): {f"7 rows are not read into conversation: {later}."},
        (conversations, "message"): {f"7 rows are not read into message: {later}."},
        (conversations, "rating"): {
            f"7 rows are not read into rating: {later}.",
            "2 rows are not read into rating: they were not rated.",
        },
        (parts, "message"): {"8 rows are not read into message: they say that something was done, not what was said."},
        (parts, "conversation_event"): {
            "1 rows are not read into conversation_event: nothing but a message is in them."
        },
    }


@needs_data
def test_the_last_version_of_a_conversation_counts(seeds: Loaded) -> None:
    # Versions of ...1372 in the order of updated_at: 11-04 03:12:53 without assignee, 11:41:22, 14:08:32, 23:19:46,
    # 11-05 07:46:32, and 11-06 13:55:01, closed; all begun 2020-11-04 03:12:03 by 5f7295ca, whose company is not told.
    told = "conversation_id, opened_at, assignee_id, contact_id, customer_id, channel, priority, resolved_at"
    asked = ("intercom:4077639", "intercom:5f7295ca37f0d717d37dfddb", None, "chat", None, None)
    assert seeds.rows("conversation", told) == [
        ("intercom:156643300001311", "2020-10-28 23:59:37", *asked),
        ("intercom:156643300001372", "2020-11-04 03:12:03", *asked),
    ]


@needs_data
def test_messages_are_what_was_written(seeds: Loaded) -> None:
    # The first message of either conversation, and part 6862013567: a note of admin 4077639 in conversation 12.
    assert seeds.rows("message", 'conversation_id, "at", author_kind, is_public') == [
        ("intercom:12", "2020-10-29 12:38:27", "human", False),
        ("intercom:156643300001311", "2020-10-28 23:59:37", "customer", True),
        ("intercom:156643300001372", "2020-11-04 03:12:03", "customer", True),
    ]


@needs_data
def test_events_are_in_their_order(seeds: Loaded) -> None:
    # Eight parts close: three of conversation 5, two of 11, one each of 12, 13 and 27; all by 4077639.
    told = 'conversation_id, "at", kind, by_id'
    assert seeds.rows("conversation_event", told) == [
        (f"intercom:{conversation}", at, "closed", "intercom:4077639")
        for conversation, at in (
            ("11", "2020-06-08 20:57:28"), ("11", "2020-06-10 16:38:08"), ("12", "2020-06-22 12:04:10"),
            ("13", "2020-06-19 21:05:48"), ("27", "2020-06-10 12:15:52"), ("5", "2020-06-17 17:02:16"),
            ("5", "2020-06-17 17:55:42"), ("5", "2020-06-19 12:43:01"),
        )
    ]  # fmt: skip


@needs_data
def test_a_contact_is_of_the_company_that_links_it(seeds: Loaded) -> None:
    # Of nine contacts 5edd386afc6d3d1112079b18 alone is in contact_company_history, with 5edd3d988953a42a49b104f0.
    assert seeds.rows("contact", "contact_id, customer_id, email") == [
        ("intercom:5edd386afc6d3d1112079b18", "intercom:5edd3d988953a42a49b104f0", "rj7gy7aUFE7kDf/leISNNQ==")
    ]
    # The company's own id of 5f8efd11: 10hNkSuS4Niit8s48jDM, since 2020-10-20.
    own = "customer_id = 'intercom:5f8efd11391867b82cd45b18'"
    assert seeds.rows("customer_alias", "source, external_id", own) == [("intercom:company_id", "10hNkSuS4Niit8s48jDM")]
    assert seeds.rows("customer", "created_at", own) == [("2020-10-20 15:06:57",)]


def test_a_conversation_from_question_to_rating(tmp_path: Path) -> None:
    # Asked at 09:00, answered by a bot at 09:01, assigned at 09:02, a note at 09:03, a reply at 09:25, closed at 09:40,
    # reopened at 10:00, closed for good at 10:30; rated 4 of 5. The first reply of a person comes after 25 minutes.
    loaded = load(
        write(
            tmp_path / "raw",
            conversation_history="""
                id,updated_at,created_at,state,source_author_id,source_author_type,assignee_id,assignee_type,{rated}
                1,2026-03-02 09:00:00,2026-03-02 09:00:00,open,c1,user,0,,,
                1,2026-03-02 10:40:00,2026-03-02 09:00:00,closed,c1,user,a1,admin,4,2026-03-02 10:40:00
            """.replace("{rated}", "conversation_rating_value,conversation_rating_created_at"),
            conversation_part_history="""
                id,updated_at,created_at,conversation_id,part_type,author_id,author_type,assigned_to_id,body
                p1,2026-03-02 09:01:00,2026-03-02 09:01:00,1,comment,b1,bot,,We are on it
                p2,2026-03-02 09:02:00,2026-03-02 09:02:00,1,assignment,b1,bot,a1,
                p3,2026-03-02 09:03:00,2026-03-02 09:03:00,1,note,a1,admin,,Who knows
                p4,2026-03-02 09:25:00,2026-03-02 09:25:00,1,comment,a1,admin,,Here you are
                p5,2026-03-02 09:40:00,2026-03-02 09:40:00,1,close,a1,admin,,
                p6,2026-03-02 10:00:00,2026-03-02 10:00:00,1,open,c1,user,,But no
                p7,2026-03-02 10:30:00,2026-03-02 10:30:00,1,close,a1,admin,,
            """,
            contact_company_history="""
                contact_id,company_id,contact_updated_at
                c1,k1,2026-01-01 00:00:00
            """,
        ),
        tmp_path / "landing",
    )
    assert loaded.rows("conversation", "customer_id, contact_id, resolved_at, assignee_id") == [
        ("intercom:k1", "intercom:c1", "2026-03-02 10:30:00", "intercom:a1")
    ]
    reply = """epoch(min("at") FILTER (author_kind = 'human' AND is_public) - min("at")) / 60"""
    assert loaded.rows("message", f"count(*), {reply}") == [(5, 25.0)]
    assert loaded.rows("conversation_event", '"at", kind, to_value') == [
        ("2026-03-02 09:02:00", "assigned", "intercom:a1"),
        ("2026-03-02 09:40:00", "closed", None),
        ("2026-03-02 10:00:00", "reopened", None),
        ("2026-03-02 10:30:00", "closed", None),
    ]
    assert loaded.rows("rating", "score, scale_max, customer_id, person_id") == [(4, 5, "intercom:k1", "intercom:a1")]
    assert loaded.aside == {}
