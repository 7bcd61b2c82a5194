"""Acts that are refused. Every message is a sentence for the person who tried."""


class NotPossible(Exception):
    """The act is not possible now; nothing was changed."""


class AlreadyApplied(NotPossible):
    """The person has a live application for this vacancy."""
