"""Every error that a person is meant to read, with the exit status it ends a command with."""


class MinshengError(Exception):
    """Something failed; the message is one plain sentence that says what happened, where, and what to do."""

    exit_status = 1
    excerpt = ""
    """Lines that show the place in what was given, where the sentence alone does not."""


class UsageError(MinshengError):
    """The command or an argument cannot be meant as written."""

    exit_status = 2


class QueryError(UsageError):
    """DuckDB cannot or may not run a query; the excerpt is its own words, with the caret below the place."""

    def __init__(self, sentence: str, excerpt: str) -> None:
        super().__init__(sentence)
        self.excerpt = excerpt


class NotPublishedError(MinshengError):
    """The quality gate blocked the month, or its warnings wait for an approval."""

    exit_status = 3


class MonthRefusedError(MinshengError):
    """The month cannot be published, whatever the ledger holds: it is not over, or not in the plan."""


class LedgerFormatError(MinshengError):
    """The ledger is missing, or was made by an older or a newer release."""


class LedgerBusyError(MinshengError):
    """Another process holds the ledger and did not let go of it in time."""


class CatalogLostError(MinshengError):
    """The database of the ledger's catalog ended or refused a session: what was not finished is not there."""
