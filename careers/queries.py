"""What the screens read. Applicants reach their own rows through their person, staff through what is shared."""

from django.utils import timezone

from careers.models import Application, State, TalentPoolEntry, VacancyShare


def own_applications(user):
    """The applications of the person signed in, the newest first, without withdrawn ones: they are on their way out."""
    own = Application.objects.filter(subject__in=user.subject.group()).exclude(state=State.WITHDRAWN)
    return own.select_related("subject", "vacancy").order_by("-submitted_at")


def own_pool_entries(user):
    """The talent pool entries of the person signed in."""
    return TalentPoolEntry.objects.filter(subject__in=user.subject.group()).select_related("subject")


def readable_by(queryset, user):
    """Of these applications those a member of staff may read: all for HR, shared vacancies for a hiring leader (N31).

    A share is for a vacancy in all its languages and includes its last day. Withdrawn applications are nobody's.
    """
    queryset = queryset.exclude(state=State.WITHDRAWN)
    if user.has_perm("careers.read_every_application"):
        return queryset
    shared = VacancyShare.objects.filter(user=user, until__gte=timezone.localdate())
    return queryset.filter(vacancy_reference__in=shared.values("vacancy__reference"))
