"""What waits to be handed over, whom to tell where data came from, and assessments, which are about nobody."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import OBSERVED, Category, Field, KeepFor, NotPersonal, PersonalData
from privacy.models import InformationDuty, PendingHandOver
from privacy.personal_data.activities import KEY, RIGHTS, STAMP


@registry.holds(PendingHandOver)
class PendingHandOverData(PersonalData):
    title = _("What a partner did not take")
    activity = RIGHTS
    keep = KeepFor(days=90, since="last_tried_at", source="N49")
    fields = {
        "id": KEY,
        "subject": KEY,
        "recipient": NotPersonal("the partner, a company", shown=True),
        "activity": Field(Category.DISCLOSURE, scope=OBSERVED),
        "about_model": NotPersonal("which kind of record it was about"),
        "about_pk": KEY,
        "state": Field(Category.DISCLOSURE, scope=OBSERVED),
        "attempts": STAMP,
        "first_tried_at": Field(Category.DISCLOSURE, scope=OBSERVED),
        "last_tried_at": STAMP,
        "tried_by": NotPersonal("key of the account that did it, without a name"),
    }


@registry.holds(InformationDuty)
class InformationDutyData(PersonalData):
    title = _("Whether you were told where data came from")
    activity = RIGHTS
    keep = KeepFor(months=36, since="settled_on", source="L43")
    fields = {
        "id": KEY,
        "subject": KEY,
        "disclosure": KEY,
        "due_on": Field(Category.RIGHTS, scope=OBSERVED),
        "settled_on": Field(Category.RIGHTS, scope=OBSERVED),
        "how": Field(Category.RIGHTS, scope=OBSERVED),
        "settled_by": NotPersonal("key of the account that did it, without a name"),
    }


registry.excuse("privacy.Screening", because="Reasons why an activity may go on; it speaks of nobody in particular.")
