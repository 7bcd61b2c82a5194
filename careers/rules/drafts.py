"""How long an application is kept before it is sent. Pure."""

from datetime import date

from careers.rules.clocks import DRAFT_DAYS, draft_until

__all__ = ["DRAFT_DAYS", "draft_kept_until"]


def draft_kept_until(edited_on: date) -> date:
    """The last day a draft is kept."""
    return draft_until(edited_on)
