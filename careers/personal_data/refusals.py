"""What careers holds of a refusal to many (N31, N32)."""

from django.utils.translation import gettext_lazy as _

from careers.models import BulkRefusal, RefusalLine
from careers.personal_data.applications import KEY, RECRUITMENT, WITH_APPLICATION
from privacy import registry
from privacy.declare import ABOUT, OBSERVED, Actor, Category, Field, NotPersonal, PersonalData

registry.excuse(
    BulkRefusal,
    because="An order for a list: one text to many, numbers and a day; whom it is for stands in its lines.",
    actors={"ordered_by": Actor()},
)


@registry.holds(RefusalLine)
class RefusalLineData(PersonalData):
    title = _("Refusals sent to several applicants at once")
    subject = "application__subject"
    activity = RECRUITMENT
    keep = WITH_APPLICATION
    source = _("written by the hiring team")
    fields = {
        "id": KEY,
        "refusal": NotPersonal("key of the order"),
        "application": KEY,
        "digest": Field(Category.APPLICATION, scope=OBSERVED, secret=True),
        "outcome": Field(Category.APPLICATION, scope=ABOUT),
        "why": Field(Category.APPLICATION, scope=ABOUT),
        "settled_at": Field(Category.APPLICATION, scope=OBSERVED),
    }
