"""An application, its files, its way through the stages and what was written about it (N31, N32)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField


class State(models.TextChoices):
    SUBMITTED = "submitted", _("received")
    SCREENING = "screening", _("being read")
    INTERVIEW = "interview", _("interview")
    OFFER = "offer", _("offer")
    HIRED = "hired", _("hired")
    REJECTED = "rejected", _("not selected")
    WITHDRAWN = "withdrawn", _("withdrawn")


LIVE = (State.SUBMITTED, State.SCREENING, State.INTERVIEW, State.OFFER)
DECIDED = (State.HIRED, State.REJECTED)


class Application(models.Model):
    """One person applies for one vacancy. The database refuses a row without the consent it rests on (N32).

    `clock_from` is the day the six months count from: the closing day of the vacancy until somebody decides, the day of
    the decision from then on. So no application waits for ever for a decision that nobody takes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(
        "privacy.DataSubject", on_delete=models.PROTECT, related_name="applications", verbose_name=_("person")
    )
    consent = models.ForeignKey(
        "privacy.ConsentEvent", on_delete=models.PROTECT, related_name="+", verbose_name=_("consent")
    )
    vacancy = models.ForeignKey(
        "careers.VacancyPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
        verbose_name=_("vacancy"),
    )
    # Pages can be deleted; what somebody applied for must still be readable on their own page.
    vacancy_reference = models.CharField(_("reference"), max_length=20)
    vacancy_title = models.CharField(_("vacancy"), max_length=255)
    # Sent with the form, so that the same form sent twice is one application.
    form_token = models.UUIDField(unique=True, editable=False)
    full_name = SealedTextField(_("name"), owner="subject", max_length=120)
    email = SealedTextField(_("e-mail address"), owner="subject", max_length=190)
    phone = SealedTextField(_("phone number"), owner="subject", max_length=30, blank=True)
    message = SealedTextField(_("letter"), owner="subject", max_length=5000, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nb")
    state = models.CharField(_("stage"), max_length=10, choices=State, default=State.SUBMITTED)
    submitted_at = models.DateTimeField(_("sent"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("e-mail address confirmed"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    clock_from = models.DateField(_("time limit counts from"))

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        permissions = [("read_every_application", _("Can read the applications for every vacancy"))]
        indexes = [
            models.Index(fields=["vacancy_reference", "state"], name="application_by_vacancy"),
            models.Index(fields=["clock_from"], name="application_by_clock"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_known"),
            models.CheckConstraint(condition=Q(language__in=["nb", "en"]), name="application_language_known"),
            models.CheckConstraint(condition=~Q(vacancy_reference=""), name="application_for_a_vacancy"),
            models.CheckConstraint(
                condition=~Q(state__in=["hired", "rejected"]) | Q(decided_on__isnull=False),
                name="application_decision_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["subject", "vacancy_reference"],
                condition=Q(state__in=["submitted", "screening", "interview", "offer"]),
                name="application_one_live_per_vacancy",
            ),
        ]

    def __str__(self):
        return f"Application {str(self.pk)[:8]}"

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in LIVE


class ApplicationFile(models.Model):
    """A file that came with an application; the object itself lies sealed in the private storage."""

    class Kind(models.TextChoices):
        CV = "cv", _("CV")
        LETTER = "letter", _("letter")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField("privacy.StoredFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CV)
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of applications")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["cv", "letter"]), name="application_file_kind_known"),
            models.UniqueConstraint(fields=["application", "kind"], name="application_file_once_per_kind"),
        ]

    def __str__(self):
        return f"Application file {str(self.pk)[:8]}"


class StageEvent(models.Model):
    """One move from one stage to another, by whom and why. Evaluations are shown to the applicant (N31)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="stages")
    before = models.CharField(_("from"), max_length=10, choices=State)
    after = models.CharField(_("to"), max_length=10, choices=State)
    at = models.DateTimeField(_("moved"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = SealedTextField(_("reason"), owner="application__subject", max_length=500, blank=True)

    class Meta:
        verbose_name = _("stage of an application")
        verbose_name_plural = _("stages of applications")
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__in=State.values, after__in=State.values), name="stage_event_states_known"
            ),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="stage_event_moves"),
        ]

    def __str__(self):
        return f"Stage {str(self.pk)[:8]}"


class Note(models.Model):
    """What somebody in the hiring team wrote about an application; the applicant can read it (N31)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = SealedTextField(_("note"), owner="application__subject", max_length=2000)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("note about an application")
        verbose_name_plural = _("notes about applications")
        ordering = ["written_at"]

    def __str__(self):
        return f"Note {str(self.pk)[:8]}"
