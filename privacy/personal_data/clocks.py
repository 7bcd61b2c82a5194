"""What the clocks of the schedule need beside the rows they count for (L43, N55); and numbers, which hold no person."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import OBSERVED, Category, Field, KeepFor, KeepWith, NotPersonal, PersonalData
from privacy.models import ConsentEnd, RetentionWarning
from privacy.personal_data.activities import KEY, MESSAGES, PROOF, RIGHTS


@registry.holds(ConsentEnd)
class ConsentEndData(PersonalData):
    title = _("When a consent ended")
    subject = "event__subject"
    activity = RIGHTS
    keep = KeepWith("event", source="L43")
    evidence = PROOF
    order = "ended_on"
    fields = {
        "id": KEY,
        "event": KEY,
        "ended_on": Field(Category.PREFERENCE, scope=OBSERVED),
    }


@registry.holds(RetentionWarning)
class RetentionWarningData(PersonalData):
    title = _("Warnings before something of yours is deleted")
    activity = MESSAGES
    # Longer than the earliest step: until then it stops a second mail about the same step.
    keep = KeepFor(days=90, since="told_at", source="N55")
    order = "told_at"
    fields = {
        "id": KEY,
        "subject": KEY,
        "model": NotPersonal("which kind of record it was about", shown=True),
        "object_pk": KEY,
        "kept_until": Field(Category.DEALINGS, scope=OBSERVED),
        "days": NotPersonal("which of the warnings it was"),
        "told_at": Field(Category.DEALINGS, scope=OBSERVED),
    }


registry.excuse("privacy.Statistic", because="Numbers per month and kind, counted once; nobody is behind a number.")
