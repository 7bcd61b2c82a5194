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


class Step(models.TextChoices):
    """The hiring team's own steps. Each belongs to one public state (`rules.stages`), the only word applicants read."""

    NEW = "new", _("new")
    READ = "read", _("first read")
    SHORTLIST = "shortlist", _("shortlist")
    RESERVE = "reserve", _("reserve")
    FIRST_INTERVIEW = "interview_1", _("first interview")
    SECOND_INTERVIEW = "interview_2", _("second interview")
    REFERENCES = "references", _("references")
    OFFER_MADE = "offer_made", _("offer made")
    OFFER_ACCEPTED = "offer_accepted", _("offer accepted")
    HIRED = "hired", _("hired")
    REJECTED = "rejected", _("not selected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReceivedBy(models.TextChoices):
    """Which way an application came; no way counts more than another (T6)."""

    FORM = "form", _("application form")
    MAIL = "mail", _("e-mail")
    POST = "post", _("post")
    PHONE = "phone", _("phone")
    HAND = "hand", _("handed in")


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
    # Addresses the applicant chose to give, one per line; nobody looks them up for them (N15).
    links = SealedTextField(_("links"), owner="subject", max_length=600, blank=True)
    # The applicant's own statement; HR then asks for a guardian (L30).
    minor = models.BooleanField(_("under 18"), default=False)
    language = models.CharField(_("language"), max_length=5, default="nb")
    state = models.CharField(_("stage"), max_length=10, choices=State, default=State.SUBMITTED)
    step = models.CharField(_("step"), max_length=14, choices=Step, default=Step.NEW)
    step_since = models.DateTimeField(_("in this step since"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("e-mail address confirmed"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    clock_from = models.DateField(_("time limit counts from"))
    changed_at = models.DateTimeField(_("changed by the applicant"), null=True, blank=True)
    # Set once: HR let the applicant change it after the deadline, through this day.
    reopened_until = models.DateField(_("open for changes until"), null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=5, choices=ReceivedBy, default=ReceivedBy.FORM)
    # Only of somebody who was hired: what HR says about the start, and about the file's way to the personnel system.
    starts_on = models.DateField(_("first day at work"), null=True, blank=True)
    moved_on = models.DateField(_("moved to the personnel file"), null=True, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        permissions = [("read_every_application", _("Can read the applications for every vacancy"))]
        indexes = [
            models.Index(fields=["vacancy_reference", "state"], name="application_by_vacancy"),
            models.Index(fields=["clock_from"], name="application_by_clock"),
            models.Index(fields=["vacancy_reference", "step", "step_since"], name="application_by_step"),
            models.Index(fields=["moved_on"], name="application_by_move", condition=Q(moved_on__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_known"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="application_step_known"),
            models.CheckConstraint(condition=Q(language__in=["nb", "en"]), name="application_language_known"),
            models.CheckConstraint(
                condition=Q(received_by__in=["form", "mail", "post", "phone", "hand"]),
                name="application_received_by_known",
            ),
            models.CheckConstraint(condition=~Q(vacancy_reference=""), name="application_for_a_vacancy"),
            models.CheckConstraint(
                condition=~Q(state__in=["hired", "rejected"]) | Q(decided_on__isnull=False),
                name="application_decision_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=False) | Q(starts_on__isnull=True, moved_on__isnull=True),
                name="application_starts_after_decision",
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

    class Preview(models.TextChoices):
        WAITING = "waiting", _("being made")
        MADE = "made", _("made")
        NONE = "none", _("could not be made")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField("privacy.StoredFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CV)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    # Whether staff can look at it without downloading it, and how many pages it has (0 for what has none).
    preview = models.CharField(_("preview"), max_length=8, choices=Preview, default=Preview.WAITING)
    pages = models.PositiveSmallIntegerField(_("pages"), default=0)

    class Meta:
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of applications")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["cv", "letter"]), name="application_file_kind_known"),
            models.CheckConstraint(
                condition=Q(preview__in=["waiting", "made", "none"]), name="application_file_preview_known"
            ),
            models.UniqueConstraint(fields=["application", "kind"], name="application_file_once_per_kind"),
        ]

    def __str__(self):
        return f"Application file {str(self.pk)[:8]}"


class StageEvent(models.Model):
    """One move, by whom and why. Evaluations are shown to the applicant (N31).

    `before` and `after` are public, and the same when only the hiring team's own step changed; the steps are empty in
    what was written before there were any.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="stages")
    before = models.CharField(_("from"), max_length=10, choices=State)
    after = models.CharField(_("to"), max_length=10, choices=State)
    step_before = models.CharField(_("from step"), max_length=14, choices=Step, blank=True)
    step_after = models.CharField(_("to step"), max_length=14, choices=Step, blank=True)
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
            models.CheckConstraint(
                condition=Q(step_before__in=["", *Step.values], step_after__in=["", *Step.values]),
                name="stage_event_steps_known",
            ),
            models.CheckConstraint(
                condition=~Q(before=models.F("after")) | ~Q(step_before=models.F("step_after")),
                name="stage_event_moves",
            ),
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
    # The same note with what it says about other people, when something of `text` had to be covered (L10).
    in_full = SealedTextField(
        _("note, with what it says about others"), owner="application__subject", max_length=2000, blank=True
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("note about an application")
        verbose_name_plural = _("notes about applications")
        ordering = ["written_at"]

    def __str__(self):
        return f"Note {str(self.pk)[:8]}"
