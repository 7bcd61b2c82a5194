"""Who may not know yet whose application it is: the one place that says so (first review without names, N31).

While a hiring is reviewed blind, a reader gets no name, address, phone or file of an application until their own
assessment of it is in. Whoever has said that they do not assess gets them once the vacancy has closed. Every page asks
here; rows that came through `queries.readable_by` carry the answer, so that a list asks once for all of them.
"""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.models import Abstention, Application, Assessment, Hiring, State, VacancyPage
from careers.rules.assessments import without_person

_MARK = "is_hidden"


def marked(queryset, user):
    """The applications with the answer for this reader on each row."""
    hidden = Case(When(_hidden_from(user), then=Value(True)), default=Value(False), output_field=BooleanField())
    return queryset.annotate(**{_MARK: hidden})


def is_blind(row, user) -> bool:
    """Whether this reader may not know yet who applied."""
    if _MARK in row.__dict__:
        return row.__dict__[_MARK]
    return Application.objects.filter(_hidden_from(user), pk=row.pk).exists()


def without_hidden_persons(queryset, user):
    """Rows about persons (`subject`) without everybody whose application is hidden from this reader.

    A name beside "first applied for" says who applied. Records that were proved to be one person count as one.
    """
    head = Coalesce("subject__proved_as", "subject")
    hidden = Application.objects.filter(_hidden_from(user)).exclude(state=State.WITHDRAWN).order_by()
    return queryset.alias(head=head).exclude(head__in=hidden.annotate(head=head).values("head"))


def mark(rows, user) -> None:
    """The same for applications that came with other rows: one query for all of them."""
    keys = [row.pk for row in rows]
    hidden = set(Application.objects.filter(_hidden_from(user), pk__in=keys).values_list("pk", flat=True))
    for row in rows:
        row.__dict__[_MARK] = row.pk in hidden


def is_marked_blind(row) -> bool:
    """The same for a row that says so itself, for whoever asked for it."""
    return bool(row.__dict__.get(_MARK))


def number_of(row) -> str:
    """What an application is called while nobody may be named. The key is random, so it says nothing about an order."""
    return _("Applicant %(number)s") % {"number": str(row.pk)[:4].upper()}


def blinded(text: str, row, user) -> str:
    """What the applicant wrote; for a blind reader without their name, address and number, wherever they stand."""
    if not is_blind(row, user):
        return text
    return without_person(text, names=row.full_name, email=row.email, phone=row.phone)


def abstains(user, reference: str) -> bool:
    """Whether this colleague has said that they do not assess in this hiring."""
    return Abstention.objects.filter(hiring__reference=reference, user=user).exists()


def has_closed(reference: str) -> bool:
    """Whether nobody can apply any more: closed by its act, or its closing time is over in every language."""
    if Hiring.objects.filter(reference=reference, closed_at__isnull=False).exists():
        return True
    return not VacancyPage.objects.filter(reference=reference, closes_at__gt=timezone.now()).exists()


def _hidden_from(user) -> Q:
    reference = OuterRef("vacancy_reference")
    blind = Hiring.objects.filter(reference=reference, blind=True)
    own = Assessment.objects.filter(application=OuterRef("pk"), author=user.pk, submitted_at__isnull=False)
    abstention = Abstention.objects.filter(hiring__reference=reference, user=user.pk)
    closed = Hiring.objects.filter(reference=reference, closed_at__isnull=False)
    still_open = VacancyPage.objects.filter(reference=reference, closes_at__gt=timezone.now())
    return Q(Exists(blind)) & ~Q(Exists(own)) & ~(Q(Exists(abstention)) & (Q(Exists(closed)) | ~Q(Exists(still_open))))
