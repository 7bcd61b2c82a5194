"""Nobody approves what they asked for themselves: one sentence, one exception, used by every approval (N51, L38)."""

from django.utils.translation import gettext as _


class OwnApproval(Exception):
    """The second person is the first one. The message is a sentence for them."""


def second_person(by, *, asked_by) -> None:
    """Raise OwnApproval unless ``by`` is a user, and another one than ``asked_by`` (a user's key, or None).

    The system approves nothing: an approval always has a person's name behind it.
    """
    if getattr(by, "pk", None) is None:
        raise OwnApproval(_("An approval needs a person; nothing was changed."))
    if asked_by is not None and str(by.pk) == str(asked_by):
        raise OwnApproval(_("You asked for this yourself: somebody else has to approve it. Nothing was changed."))
