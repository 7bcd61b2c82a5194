"""How an act says no."""

from django.utils import timezone
from django.utils.translation import gettext as _

from privacy.actions import NotActive, require_active


class Refused(Exception):
    """An act that was not carried out; nothing was written. The sentence is for the person at the screen.

    ``field`` names the input that is wrong, where there is one.
    """

    def __init__(self, sentence, *, field: str | None = None):
        super().__init__(str(sentence))
        self.field = field


def refuse_unless_active(activity: str) -> None:
    """Refuse to begin what has no approved assessment yet (N26)."""
    try:
        require_active(activity)
    except NotActive as refusal:
        raise Refused(str(refusal)) from refusal


def refuse_future(day, *, field: str) -> None:
    """Refuse a day that has not come yet, by the calendar in Oslo."""
    if day > timezone.localdate():
        raise Refused(_("This day is still to come: give the day it happened."), field=field)


def changed_fields(row, changes: dict) -> list[str]:
    """The names of the fields these changes would really change."""
    return [name for name, value in changes.items() if getattr(row, name) != value]
