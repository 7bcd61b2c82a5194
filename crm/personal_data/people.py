"""People at our customers, where they work, and what was said."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm import rules
from crm.models import Contact, Employment, Interaction, NumberSeries, Organisation
from crm.personal_data.activities import CUSTOMER_RELATIONS, ENQUIRIES, ENTERED, KEY, STILL_NEEDED
from privacy import registry
from privacy.declare import ABOUT, OBSERVED, Actor, Category, Field, Held, KeepFor, KeepWith, PersonalData

registry.excuse(Organisation, because="a company, with the company's own address and switchboard; people are contacts")
registry.excuse(NumberSeries, because="the last number given out, nothing about anybody")


@registry.holds(Contact)
class ContactData(PersonalData):
    title = _("Contact details")
    activity = CUSTOMER_RELATIONS
    keep = KeepFor(months=rules.CONTACT_MONTHS, since="clock_starts_on", source="N55")
    source = "source_channel"
    order = "created_at"
    fields = {
        "id": KEY,
        "subject": KEY,
        "full_name": Field(Category.NAME, editable_by_subject=True),
        "email": Field(Category.EMAIL),
        "phone": Field(Category.PHONE, editable_by_subject=True),
        "title": Field(Category.EMPLOYMENT, editable_by_subject=True),
        "language": Field(Category.LANGUAGE, editable_by_subject=True),
        "interests": Field(Category.INTEREST),
        "ground": Field(Category.DEALINGS, scope=ABOUT),
        "source_channel": Field(Category.DEALINGS, scope=OBSERVED),
        "source_note": Field(Category.DEALINGS, scope=OBSERVED),
        "collected_on": Field(Category.DEALINGS, scope=OBSERVED),
        "collected_by": Actor(),
        "informed_on": Field(Category.DEALINGS, scope=OBSERVED),
        "owner": Actor(),
        "last_dealt_with_on": Field(Category.DEALINGS, scope=OBSERVED),
        "left_company_on": Field(Category.EMPLOYMENT, scope=ABOUT),
        "clock_starts_on": Field(Category.DEALINGS, scope=OBSERVED, shown=False),
        "created_at": ENTERED,
        "search": Field(Category.NAME, scope=OBSERVED, shown=False),
    }
    held_by = (
        Held(
            "order-under-way",
            Q(orders__state__in=["open", "confirmed"]),
            reason=_("an order you placed is under way"),
            law=STILL_NEEDED,
        ),
    )


@registry.holds(Employment)
class EmploymentData(PersonalData):
    title = _("Where you work")
    subject = "contact__subject"
    activity = CUSTOMER_RELATIONS
    keep = KeepWith("contact", source="N55")
    fields = {
        "id": KEY,
        "contact": KEY,
        "organisation": Field(Category.EMPLOYMENT),
        "role": Field(Category.EMPLOYMENT),
        "started_on": Field(Category.EMPLOYMENT),
        "ended_on": Field(Category.EMPLOYMENT),
    }


@registry.holds(Interaction)
class InteractionData(PersonalData):
    title = _("What we have talked about")
    activity = ENQUIRIES
    keep = KeepFor(months=rules.CONTACT_MONTHS, since="happened_on", source="N55")
    source = _("what you said or wrote, as our staff noted it")
    order = "happened_on"
    fields = {
        "id": KEY,
        "contact": KEY,
        "subject": KEY,
        "organisation": Field(Category.EMPLOYMENT, scope=OBSERVED),
        "kind": Field(Category.DEALINGS, scope=OBSERVED),
        "happened_on": Field(Category.DEALINGS, scope=OBSERVED),
        "text": Field(Category.FEEDBACK, scope=ABOUT),
        "product": Field(Category.FEEDBACK),
        "author": Actor(),
        "created_at": ENTERED,
    }
