"""A mail pasted as text: who wrote it, when and about what, where its head came with it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# The words that mail programs put before the lines of a head, in the languages of the product.
_FROM = ("from", "de", "发件人")
_DATE = ("date", "sent", "fecha", "enviado", "data", "日期", "发送时间")
_SUBJECT = ("subject", "asunto", "assunto", "主题")
_OTHER = ("to", "cc", "reply-to", "para", "收件人", "抄送", "message-id", "mime-version", "content-type")
_KNOWN = (*_FROM, *_DATE, *_SUBJECT, *_OTHER)
_MARKS = "-_> "


@dataclass(frozen=True)
class PastedMail:
    """What a pasted mail says: `sender` and `subject` are '' and `at` None where its head does not tell them."""

    sender: str
    subject: str
    at: datetime | None
    body: str

    @property
    def text(self) -> str:
        """The mail as a note: its subject first, then who wrote it, then what."""
        head = "\n".join(part for part in (self.subject, self.sender) if part)
        return f"{head}\n\n{self.body}".strip()


def read_mail(text: str) -> PastedMail:
    """Take head and body of a pasted mail apart; a text without a head is all body."""
    lines = text.strip().splitlines()
    start = next((i for i, line in enumerate(lines) if line.strip(_MARKS) and not _is_divider(line)), 0)
    head: dict[str, str] = {}
    end = start
    for line in lines[start:]:
        name, colon, value = line.lstrip(_MARKS).replace("：", ":", 1).partition(":")
        if not colon or name.strip(" *").casefold() not in _KNOWN:
            break
        head.setdefault(name.strip(" *").casefold(), value.strip(" *"))
        end += 1
    if not head:
        return PastedMail("", "", None, text.strip())
    return PastedMail(_one(head, _FROM), _one(head, _SUBJECT), _moment(_one(head, _DATE)), _body(lines[end:]))


def _is_divider(line: str) -> bool:
    """Whether a line only says that a mail follows, as '---------- Forwarded message ---------'."""
    return line.startswith(("---", "___")) or line.strip().casefold().startswith("begin forwarded message")


def _one(head: dict[str, str], names: tuple[str, ...]) -> str:
    return next((head[name] for name in names if name in head), "")


def _body(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _moment(text: str) -> datetime | None:
    """The instant of a mail's date in UTC; None where it is none, or names no time zone."""
    try:
        at = parsedate_to_datetime(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
