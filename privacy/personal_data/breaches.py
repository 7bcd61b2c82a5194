"""What the register of breaches holds about people: that a breach touched them, and when they were told (L35)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import OBSERVED, Category, Field, KeepFor, NotPersonal, PersonalData
from privacy.models import Breach, BreachEvent, BreachPerson, BreachSeries, OfficeDigest, ReadReview
from privacy.personal_data.activities import KEY, PROOF, RIGHTS, STAMP

registry.excuse(BreachSeries, because="Numbers of breaches; it counts and says nothing about anybody.")
registry.excuse(
    Breach,
    because="What happened, in codes and words without names; whom it touched is BreachPerson. Its words go when its "
    "five years are over.",
)
registry.excuse(BreachEvent, because="What was done about a breach, in codes and words without names.")
registry.excuse(ReadReview, because="Numbers of one week and what came of going through them, without names.")
registry.excuse(OfficeDigest, because="That the office was written to on a day; a number and no name.")


def told_of(day):
    """The breaches a person has been told of."""
    return Q(told_at__isnull=False)


@registry.holds(BreachPerson)
class BreachPersonData(PersonalData):
    title = _("Breaches that touched you")
    activity = RIGHTS
    keep = KeepFor(months=60, since="breach__closed_on", source="L35")
    evidence = PROOF
    order = "found_at"
    # Who has not been told yet does not find it by accident: the message comes first, with what it means for them.
    told = told_of
    fields = {
        "id": KEY,
        "breach": NotPersonal("the number of the breach", shown=True),
        "subject": KEY,
        "named": STAMP,
        "classes": Field(Category.RIGHTS, scope=OBSERVED),
        "records": Field(Category.RIGHTS, scope=OBSERVED),
        "found_at": STAMP,
        "told_at": Field(Category.RIGHTS, scope=OBSERVED),
        "told_how": Field(Category.RIGHTS, scope=OBSERVED),
        "unreachable": STAMP,
        "mail": KEY,
    }

    @classmethod
    def label(cls, row):
        return row.breach.number


registry.say(
    {
        "breach.registered": _("a breach was registered"),
        "breach.described": _("a breach was described anew"),
        "breach.counted": _("whom a breach touched was computed"),
        "breach.assessing": _("a breach was taken up"),
        "breach.confirmed": _("a breach was confirmed"),
        "breach.not_a_breach": _("something was found to be no breach"),
        "breach.authority_notified": _("the authority was notified of a breach"),
        "breach.supplemented": _("the authority was told more about a breach"),
        "breach.not_notifiable": _("it was decided that the authority need not be notified of a breach"),
        "breach.risk_weighed": _("the risk of a breach was weighed"),
        "breach.telling": _("messages about a breach were ordered"),
        "breach.person_told": _("you were told of a breach"),
        "breach.subjects_notified": _("all persons a breach touched have been told"),
        "breach.not_required": _("it was decided that persons need not be told of a breach"),
        "breach.closed": _("a breach was closed"),
        "breach.paper_filed": _("a paper of a breach was filed"),
        "breach.due_24": _("the office was reminded of a breach"),
        "breach.due_6": _("the office was reminded of a breach"),
        "breach.late": _("the office was told that a breach is late"),
        "breach.emptied": _("the words of an old breach were deleted"),
        "reads.reviewed": _("looks at records were gone through"),
        "privacy/mail/breach_person": _("about a breach"),
        "privacy/mail/breach_clock": _("the clock of a breach"),
        "privacy/mail/office_digest": _("what is late, to the office"),
    }
)
