"""Errors that finish the sentence: what, where, what was tried, and what to do next.

RelevoError
├── WrongUse      the command or call is wrong (exit code 2)
├── NotReady      what is asked for does not exist yet, e.g. no published book (exit code 2)
└── DataRefused   the data cannot be used as they are (exit code 1)

Problems *in data* are values (`relevo.base.findings.Finding`), collected and counted; problems in use raise.
"""


class RelevoError(Exception):
    """An error whose text a person can act on: `message` says what, `hint` what to do next."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class WrongUse(RelevoError):
    """The call cannot be answered as asked: an unknown name, a malformed month, a slice that does not exist."""


class NotReady(RelevoError):
    """What is asked for does not exist yet, for example no book has been published."""


class DataRefused(RelevoError):
    """The data as they are cannot give an answer."""

    exit_code = 1
