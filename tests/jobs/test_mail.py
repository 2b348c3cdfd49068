"""Mail: where its settings come from, what a server answers, and when owners are written to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from relevo.base.config import Home, Mail
from relevo.base.errors import NotReady, WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.desk.running import actions
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.mail import MailFailed, mail_settings, password, send_test
from relevo.jobs.mail_words import test_letter as letter_of_test
from relevo.jobs.telling import mail_failures
from tests.jobs.conftest import write_settings
from tests.jobs.sink import mail_server

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BAD = Outcome(Result.FAILED, "refused", "customer.csv: <b>No row</b> can be used.", "Mend the file.")
GOOD = Outcome(Result.OK, "published", "The book b2 was published.")
OWNER = "ines@norte.example"


def use(home: Home, port: int, more: str = "") -> None:
    settings = f'host = "127.0.0.1"\nport = {port}\nsender = "relevo@shop.example"\nsecurity = "none"\n'
    write_settings(home, f"[mail]\n{settings}{more}")


def test_the_environment_wins_over_the_file(home: Home) -> None:
    write_settings(home, '[mail]\nhost = "mail.shop.example"\nuser = "relevo"\n')
    assert mail_settings(home, {}) == Mail("mail.shop.example", 587, "relevo", "", "starttls", "")
    given = {"RELEVO_MAIL_HOST": "other.example", "RELEVO_MAIL_PORT": "25", "RELEVO_MAIL_SECURITY": "none"}
    assert mail_settings(home, given) == Mail("other.example", 25, "relevo", "", "none", "")


@pytest.mark.parametrize("wrong", [{"RELEVO_MAIL_PORT": "smtp"}, {"RELEVO_MAIL_SECURITY": "ssl"}])
def test_an_environment_that_makes_no_sense_is_refused(home: Home, wrong: dict[str, str]) -> None:
    with pytest.raises(WrongUse, match=next(iter(wrong))):
        mail_settings(home, wrong)


def test_a_password_is_never_in_the_settings(home: Home) -> None:
    write_settings(home, '[mail]\npassword = "secret"\n')
    with pytest.raises(WrongUse, match="unknown setting 'password'"):
        home.config()


def test_a_password_comes_from_the_environment_or_a_closed_file(home: Home) -> None:
    assert password(home, {}) == ""
    home.mail_password.write_text("from the file\n", "utf-8")
    home.mail_password.chmod(0o640)
    with pytest.raises(WrongUse, match="Others may read"):
        password(home, {})
    home.mail_password.chmod(0o600)
    assert password(home, {}) == "from the file"
    assert password(home, {"RELEVO_MAIL_PASSWORD": "given"}) == "given"


def test_a_test_mail_arrives_as_text_and_html(home: Home) -> None:
    with mail_server() as server:
        use(home, server.port)
        send_test(home, OWNER)
    (mail,) = server.mails
    assert (mail["To"], mail["From"]) == (OWNER, "relevo@shop.example")
    assert mail["Subject"] == "Relevo of Shop: a test"
    text, html = (part.get_content() for part in mail.iter_parts())
    assert text.startswith("This is a test: mail from Relevo reaches you.\n")
    assert html.startswith("<p>This is a test: mail from Relevo reaches you.</p>")


@pytest.mark.parametrize("to", ["nobody", "a@b.example\nBcc: c@d.example", ""])
def test_what_is_no_address_is_refused(home: Home, to: str) -> None:
    with pytest.raises(WrongUse, match="not an e-mail address"):
        send_test(home, to)


def test_a_subject_is_one_line_whatever_a_company_is_called() -> None:
    assert letter_of_test("Shop\nBcc: x@y.example", "en").subject == "Relevo of Shop Bcc: x@y.example: a test"


def test_no_server_says_how_to_name_one(home: Home) -> None:
    with pytest.raises(NotReady, match="No mail server") as problem:
        send_test(home, OWNER)
    assert "[mail]" in problem.value.hint


def test_a_server_that_is_gone_or_refuses_is_told_in_words(home: Home) -> None:
    with mail_server(refuses="RCPT") as server:
        use(home, server.port)
        with pytest.raises(MailFailed, match="refused the mail"):
            send_test(home, OWNER)
    with pytest.raises(MailFailed, match="does not answer"):
        send_test(home, OWNER)


def test_a_server_without_encryption_is_refused_where_it_is_wanted(home: Home) -> None:
    with mail_server() as server:
        use(home, server.port)
        text = home.settings_file.read_text("utf-8").replace('"none"', '"starttls"')
        home.settings_file.write_text(text, "utf-8")
        with pytest.raises(MailFailed, match="does not speak starttls"):
            send_test(home, OWNER)
        assert server.mails == []


def fails(minutes: int = 0) -> None:
    at = NOON + timedelta(minutes=minutes)
    actions.end_run(actions.begin_run("refresh", at), BAD, at)


@pytest.fixture
def failing(home: Home) -> Home:
    """A home in which the job refresh has failed since noon."""
    User.objects.create_user("ines", OWNER, is_superuser=True)
    User.objects.create_user("ana", "ana@norte.example")
    actions.keep_schedule("refresh", 15, NOON)
    fails()
    return home


def test_one_mail_when_it_begins_and_one_when_it_is_well(failing: Home) -> None:
    with mail_server() as server:
        use(failing, server.port, 'address = "https://relevo.shop.example"\n')
        assert mail_failures(failing, {}).code == "sent"
        fails(15)
        assert mail_failures(failing, {}).code == "nothing_to_tell"
        actions.end_run(actions.begin_run("refresh", NOON), GOOD, NOON)
        assert mail_failures(failing, {}).code == "sent"
        assert mail_failures(failing, {}).code == "nothing_to_tell"
    bad, well = server.mails
    assert bad["To"] == well["To"] == OWNER
    assert bad["Subject"] == "Relevo of Shop: Reading folders and publishing the book fails"
    text, html = (part.get_content() for part in bad.iter_parts())
    assert "fails since 2026-11-22 12:00 UTC." in text
    assert "No book is served." in text
    assert "What to do next: Mend the file." in text
    assert "https://relevo.shop.example" in text
    assert "&lt;b&gt;No row&lt;/b&gt;" in html
    assert well["Subject"].endswith("is well again")
    assert AuditEntry.objects.filter(action="mail.sent", about=OWNER).count() == 2


def test_without_a_server_nothing_fails_and_it_is_told_once_there_is_one(failing: Home) -> None:
    assert mail_failures(failing, {}).code == "not_set_up"
    with mail_server() as server:
        use(failing, server.port)
        assert mail_failures(failing, {}).code == "sent"
    assert len(server.mails) == 1


def test_a_mail_that_was_not_taken_is_tried_again(failing: Home) -> None:
    with mail_server(refuses="MAIL") as server:
        use(failing, server.port)
        outcome = mail_failures(failing, {})
    assert (outcome.result, outcome.code) == (Result.FAILED, "mail_failed")
    with mail_server() as server:
        text = failing.settings_file.read_text("utf-8")
        port = next(line for line in text.splitlines() if line.startswith("port"))
        failing.settings_file.write_text(text.replace(port, f"port = {server.port}"), "utf-8")
        assert mail_failures(failing, {}).code == "sent"


def test_an_owner_with_a_dead_address_stops_nobody_elses_mail(failing: Home) -> None:
    User.objects.create_user("abel", "gone@norte.example", is_superuser=True)
    actions.keep_schedule("other", 15, NOON)
    actions.end_run(actions.begin_run("other", NOON), BAD, NOON)
    with mail_server(refuses="RCPT TO:<gone@norte.example>") as server:
        use(failing, server.port)
        outcome = mail_failures(failing, {})
        assert (outcome.result, outcome.code) == (Result.FAILED, "mail_failed")
        assert outcome.text.startswith("2 mails were sent; 1 owners were not reached, such as gone@norte.example: ")
        assert mail_failures(failing, {}).code == "nothing_to_tell"
    assert [mail["To"] for mail in server.mails] == [OWNER, OWNER]
    assert AuditEntry.objects.filter(action="mail.sent").count() == 2


def test_where_no_owner_has_an_address_it_says_so(failing: Home, tmp_path: Path) -> None:
    User.objects.filter(username="ines").update(email="")
    use(failing, 1)
    assert mail_failures(failing, {}).code == "no_owner"
