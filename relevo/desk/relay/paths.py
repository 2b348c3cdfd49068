"""Where the pages show something of the relay: for mails and webhooks, which are written without the web layer."""

BOARD = "/hand-offs"


def handoff_path(key: int) -> str:
    """The page of a hand-off."""
    return f"{BOARD}/{key}"


def promise_path(key: int) -> str:
    """The page of a promise."""
    return f"/promises/{key}"
