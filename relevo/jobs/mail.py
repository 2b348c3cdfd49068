"""Mail through the company's own server: its settings, the password, sending, and a test of all three.

The server is named in `[mail]` of relevo.toml or by the environment, which wins: RELEVO_MAIL_HOST, _PORT, _USER,
_SENDER, _SECURITY, _ADDRESS. The password stands in neither file nor command: RELEVO_MAIL_PASSWORD, else the file
`mail.password` of the home, readable by its owner alone.
"""

import os
import smtplib
import socket
import ssl
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace

from relevo.base.config import MAIL_SECURITY, Home, Mail
from relevo.base.errors import NotReady, RelevoError, WrongUse
from relevo.desk.ready import prepare

_PREFIX = "RELEVO_MAIL_"
# A server that says nothing for so long is taken to be gone; a person may wait for the answer.
TIMEOUT_S = 15


class MailFailed(RelevoError):
    """The mail server could not be reached, or did not take the mail."""

    exit_code = 1


@dataclass(frozen=True)
class Letter:
    """One mail: a subject, its plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


def mail_settings(home: Home, environment: Mapping[str, str] = os.environ) -> Mail:
    """The mail server of a home: the file's, with what the environment says in its place. WrongUse for nonsense."""
    mail = home.config().mail
    given = {name: environment[_PREFIX + name.upper()] for name in vars(mail) if _PREFIX + name.upper() in environment}
    if not given.get("port", "0").isdigit():
        raise WrongUse(f"{_PREFIX}PORT is {given['port']!r}.", "Write a number such as 587.")
    port = int(given.pop("port", mail.port))
    mail = replace(mail, port=port, **given)
    if mail.security not in MAIL_SECURITY:
        raise WrongUse(f"{_PREFIX}SECURITY is {mail.security!r}.", f"Write one of {', '.join(MAIL_SECURITY)}.")
    return mail


def password(home: Home, environment: Mapping[str, str] = os.environ) -> str:
    """The password of the mail server; '' where there is none. WrongUse for a file that others may read."""
    if _PREFIX + "PASSWORD" in environment:
        return environment[_PREFIX + "PASSWORD"]
    file = home.mail_password
    if not file.exists():
        return ""
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise WrongUse(f"Others may read {file}.", f"Close it: chmod 600 {file}.")
    return file.read_text("utf-8").strip()


def is_set_up(home: Home) -> bool:
    """Whether a mail server is named."""
    return bool(mail_settings(home).host)


def send(home: Home, to: str, letter: Letter) -> None:
    """Send one mail. NotReady where no server is named; MailFailed, in words, where it does not take the mail."""
    mail = mail_settings(home)
    if not mail.host:
        raise NotReady(
            "No mail server is set up.", "Name one in [mail] of relevo.toml; docs/how-to/run-it.md says how."
        )
    from django.core.mail import EmailMultiAlternatives
    from django.core.mail.backends.smtp import EmailBackend

    connection = EmailBackend(
        mail.host, mail.port, mail.user, password(home) if mail.user else "", timeout=TIMEOUT_S,
        use_tls=mail.security == "starttls", use_ssl=mail.security == "tls",
    )  # fmt: skip
    message = EmailMultiAlternatives(letter.subject, letter.text, mail.sender or mail.user, [to], connection=connection)
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as problem:
        connection.fail_silently = True  # what went wrong is known; hanging up must not hide it
        connection.close()
        raise _failed(mail, problem) from problem


def send_test(home: Home, to: str, language: str = "en") -> None:
    """Send a mail that says it is a test; errors as `send`, and WrongUse for what cannot be an address."""
    if "@" not in to or any(sign.isspace() for sign in to):
        raise WrongUse(f"{to!r} is not an e-mail address.", "Give name@company.example.")
    prepare(home)
    from relevo.jobs.mail_words import test_letter

    send(home, to, test_letter(home.config().company.name, language))


def _failed(mail: Mail, problem: Exception) -> MailFailed:
    place = f"The mail server {mail.host}:{mail.port}"
    match problem:
        case smtplib.SMTPAuthenticationError():
            return MailFailed(f"{place} refused the user name or password.", "Mend user in [mail], or the password.")
        case smtplib.SMTPRecipientsRefused() | smtplib.SMTPSenderRefused():
            return MailFailed(f"{place} refused the mail: {problem}", "Mend sender in [mail], or the address.")
        case smtplib.SMTPNotSupportedError() | ssl.SSLError():
            told = f"{place} does not speak {mail.security}: {problem}"
            return MailFailed(told, f"Choose another security in [mail]: {', '.join(MAIL_SECURITY)}.")
        case socket.gaierror():
            return MailFailed(f"There is no host {mail.host}.", "Mend host in [mail] of relevo.toml.")
        case TimeoutError() | ConnectionError():
            return MailFailed(f"{place} does not answer.", "Mend host and port in [mail]; a firewall may be between.")
    return MailFailed(f"{place} did not take the mail: {problem}", "Look into the log of the mail server.")
