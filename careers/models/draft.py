"""An application that is being written and has not been sent: the applicant's own, read by nobody else."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedJSONField, SealedTextField


class ApplicationDraft(models.Model):
    """What somebody has filled in so far. It goes when it is sent, when they delete it, or 30 days after the last edit.

    Its key becomes the form token of the application, so that the same draft sent twice is one application.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("privacy.DataSubject", on_delete=models.PROTECT, related_name="application_drafts")
    vacancy = models.ForeignKey(
        "careers.VacancyPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts"
    )
    vacancy_reference = models.CharField(_("reference"), max_length=20)
    vacancy_title = models.CharField(_("vacancy"), max_length=255)
    full_name = SealedTextField(_("name"), owner="subject", max_length=120)
    email = SealedTextField(_("e-mail address"), owner="subject", max_length=190)
    phone = SealedTextField(_("phone number"), owner="subject", max_length=30, blank=True)
    links = SealedTextField(_("links"), owner="subject", max_length=600, blank=True)
    message = SealedTextField(_("letter"), owner="subject", max_length=5000, blank=True)
    # {key of the question: answer in words}
    answers = SealedJSONField(_("answers"), owner="subject", blank=True, default=dict)
    language = models.CharField(_("language"), max_length=5, default="nb")
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    edited_at = models.DateTimeField(_("last edited"), default=timezone.now)
    # The applicant deleted it: nobody meets it any more while it is being erased.
    ended_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("draft of an application")
        verbose_name_plural = _("drafts of applications")
        indexes = [models.Index(fields=["edited_at"], name="application_draft_by_edit")]
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=["nb", "en"]), name="draft_language_known"),
            models.CheckConstraint(condition=~models.Q(vacancy_reference=""), name="draft_for_a_vacancy"),
        ]

    def __str__(self):
        return f"Draft {str(self.pk)[:8]}"


class DraftFile(models.Model):
    """A file that was chosen for a draft; it becomes the application's own when the draft is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(ApplicationDraft, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField("privacy.StoredFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=[("cv", _("CV")), ("letter", _("letter"))], default="cv")
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["cv", "letter"]), name="draft_file_kind_known"),
            models.UniqueConstraint(fields=["draft", "kind"], name="draft_file_once_per_kind"),
        ]

    def __str__(self):
        return f"Draft file {str(self.pk)[:8]}"
