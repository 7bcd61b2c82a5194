"""Applicants under 18: a guardian knows before anybody is invited, and a child's application goes (L30, GDPR Art 8)."""

from django.db import transaction
from django.utils.translation import gettext as _

from careers.actions.errors import NotPossible
from careers.models import GuardianCheck
from privacy import actions as engine


def lacks_guardian(application) -> bool:
    """Whether the applicant is under 18 and nobody has talked to a parent or guardian yet."""
    return application.minor and not GuardianCheck.objects.filter(application=application.pk).exists()


def require_guardian(application) -> None:
    """Raise NotPossible before an interview or an offer while nobody has talked to a guardian."""
    if lacks_guardian(application):
        raise NotPossible(
            _(
                "The applicant is under 18. Talk to a parent or guardian first and write down that you did; "
                "nothing was changed."
            )
        )


@transaction.atomic
def record_guardian_check(application, *, guardian: str, how: str, checked_on, by) -> GuardianCheck:
    """Write down who agreed for somebody under 18, when and how; writing it again corrects it."""
    if not application.minor:
        raise NotPossible(_("The applicant is not marked as under 18, so no guardian has to agree. Nothing was saved."))
    check, _new = GuardianCheck.objects.update_or_create(
        application=application,
        defaults={
            "guardian": guardian.strip(),
            "how": how,
            "checked_on": checked_on,
            "checked_by_id": getattr(by, "pk", None),
        },
    )
    engine.note("guardian.checked", subject=application.subject, record=check, by=by)
    return check


@transaction.atomic
def erase_child(application, *, by):
    """Somebody has told us that the applicant is a child: everything we hold about them goes, and nothing is asked."""
    engine.note("application.child_reported", subject=application.subject, record=application, by=by)
    return engine.request_erasure(application.subject.person, cause="staff", by=by)
