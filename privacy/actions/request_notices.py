"""Article 19: those who received data are told that it was corrected or that its use is paused (L14)."""

from django.db import transaction
from django.utils import timezone

from privacy import registry
from privacy.declare import Category, Field
from privacy.models import Disclosure, RecipientNotice, SubjectRequest
from privacy.rules.deadlines import oslo_date

# What consignments and other hand-overs call their parts, by what a column is declared to hold.
SENT_AS = {
    Category.NAME: {"name", "receiver_name", "full_name"},
    Category.PHONE: {"phone"},
    Category.EMAIL: {"email"},
    Category.POSTAL_ADDRESS: {"address", "postcode", "city", "country"},
}


@transaction.atomic
def make_request_notices(request, *, record, fields) -> int:
    """One task per recipient who was actually sent any of these fields, for a correction or a restriction.

    ``fields`` are columns of ``record``; what was sent is compared by name and by what the columns hold, because a
    consignment calls a name by another word than the contact does. Without fields: whoever was sent anything of the
    record, or of the person where ``record`` is None. Returns how many tasks are new.
    """
    told = Disclosure.told_on(oslo_date(timezone.now()))
    sent = Disclosure.objects.filter(told, subject__in=request.subject.group(), direction=Disclosure.Direction.SENT)
    if record is not None and not fields:
        sent = sent.filter(about_model=record._meta.label, about_pk=str(record.pk))
    wanted = _sent_names(record, fields)
    references: dict = {}
    for disclosure in sent.select_related("recipient").order_by("at"):
        if not fields or wanted & set(disclosure.field_names):
            references.setdefault(disclosure.recipient, []).append(str(disclosure.pk))
    is_correction = request.right == SubjectRequest.Right.CORRECTION
    about = RecipientNotice.About.CORRECTION if is_correction else RecipientNotice.About.RESTRICTION
    made = 0
    for recipient, keys in references.items():
        _notice, new = RecipientNotice.objects.get_or_create(
            request=request,
            recipient=recipient,
            defaults={"subject": request.subject, "about": about, "references": keys},
        )
        made += new
    return made


def _sent_names(record, fields) -> set[str]:
    names = set(fields)
    declared = registry.declaration_of(type(record)).fields if record is not None else {}
    for name in fields:
        what = declared.get(name)
        if isinstance(what, Field):
            names |= SENT_AS.get(what.category, set())
    return names
