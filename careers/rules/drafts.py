"""How long an application is kept before it is sent. Pure."""

from datetime import date, timedelta

# After the last change.
DRAFT_DAYS = 30


def draft_kept_until(edited_on: date) -> date:
    """The last day a draft is kept."""
    return edited_on + timedelta(days=DRAFT_DAYS)
