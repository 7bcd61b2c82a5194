"""The versions of the privacy notice, whom each was told to, and who wants to hear of the next (N64 to N67)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField
from privacy.models.subject import DataSubject


class NoticeVersion(models.Model):
    """One version of the notice: what the register said, when it was published and from which day it applies.

    ``state`` is a projection. The number, once given, and what was told of the register never change: the database
    refuses it, and refuses to delete (`privacy.models.notice_guard`). ``reasons`` are codes of what differs from the
    version before, ``changes_nb`` and ``changes_en`` the same in words for those it is told to.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        TELLING = "telling", _("being told")
        SCHEDULED = "scheduled", _("told, not in force yet")
        CURRENT = "current", _("in force")
        SUPERSEDED = "superseded", _("replaced")
        DISCARDED = "discarded", _("discarded")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(_("version"), null=True, blank=True, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    imported = models.BooleanField(default=False, editable=False)
    material = models.BooleanField(_("significant change"), default=False)
    # What the register said when the text was made; empty for a notice that was taken in from outside.
    facts = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    changes_nb = models.TextField(_("what changes, in Norwegian"), blank=True, max_length=1500)
    changes_en = models.TextField(_("what changes, in English"), blank=True, max_length=1500)
    audiences = models.JSONField(_("who is told"), default=list, blank=True)
    channels = models.JSONField(_("how"), default=list, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    wanted_from = models.DateField(_("to apply from"), null=True, blank=True)
    notified_at = models.DateTimeField(_("told"), null=True, blank=True)
    effective_from = models.DateField(_("applies from"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.UUIDField(null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("version of the privacy notice")
        verbose_name_plural = _("versions of the privacy notice")
        ordering = ["-number", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "telling", "scheduled", "current", "superseded", "discarded"]),
                name="notice_version_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded"]) | Q(number__isnull=False, published_on__isnull=False),
                name="notice_version_published_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["scheduled", "current", "superseded"]) | Q(effective_from__isnull=False),
                name="notice_version_in_force_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(material=False)
                | ~Q(state__in=["scheduled", "current", "superseded"])
                | Q(notified_at__isnull=False, approved_by__isnull=False),
                name="notice_version_material_was_told_first",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(created_by__isnull=True)
                | ~Q(approved_by=models.F("created_by")),
                name="notice_version_approved_by_another",
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="notice_version_one_draft"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="current"), name="notice_version_one_in_force"),
        ]

    def __str__(self):
        return f"Notice {self.number or str(self.pk)[:8]}"

    @property
    def is_pending(self) -> bool:
        """Published and told, or being told, and not in force yet."""
        return self.state in (self.State.TELLING, self.State.SCHEDULED)

    def changes(self, language: str) -> str:
        """What changes, in this language."""
        return self.changes_en if language == "en" else self.changes_nb


class NoticeText(models.Model):
    """The words of one version in one language: append-only. ``sha256`` is the digest of the body's UTF-8 bytes.

    For a notice that was taken in, ``original`` holds the file byte for byte, ``encoding`` is how it was read, and
    ``sha256`` is the digest of the file (N67).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=5)
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField()
    original = models.BinaryField(null=True, blank=True, editable=False)
    encoding = models.CharField(max_length=20, default="utf-8")
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("text of the privacy notice")
        verbose_name_plural = _("texts of the privacy notice")
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="notice_text_once_per_language"),
            models.CheckConstraint(condition=~Q(body="") & ~Q(sha256=""), name="notice_text_not_empty"),
        ]

    def __str__(self):
        return f"Notice text {str(self.pk)[:8]}"


class NoticeMail(models.Model):
    """That one person was written to about one version (N66): a key, a state and two moments. Once per person."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENT = "sent", _("sent")
        LEFT_OUT = "left_out", _("left out")
        FAILED = "failed", _("could not be sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="mails")
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="notice_mails")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    # The key of the mail, which itself goes after its own period.
    mail = models.UUIDField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message about the privacy notice")
        verbose_name_plural = _("messages about the privacy notice")
        indexes = [models.Index(fields=["version", "state"], name="notice_mail_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["version", "subject"], name="notice_mail_once_per_person"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sent", "left_out", "failed"]), name="notice_mail_state_known"
            ),
        ]

    def __str__(self):
        return f"Notice mail {str(self.pk)[:8]}"


class NoticeFollower(models.Model):
    """Somebody who asked to hear of new versions and proved the mailbox (N65). Gone the moment they leave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(DataSubject, on_delete=models.PROTECT, related_name="notice_followings")
    email = SealedTextField(_("e-mail address"), owner="subject", max_length=254)
    email_index = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=5, default="nb")
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("follower of the privacy notice")
        verbose_name_plural = _("followers of the privacy notice")

    def __str__(self):
        return f"Follower {str(self.pk)[:8]}"


class FollowerProof(models.Model):
    """A mailbox typed by somebody who wants to follow the notice, until its code comes back; gone after a day.

    Sealed with the house's key, because there is no person yet. The code is kept as a salted hash alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=5, default="nb")
    email_index = models.CharField(max_length=64, db_index=True)
    email_sealed = models.BinaryField()
    code_hash = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("proof of a follower's mailbox")
        verbose_name_plural = _("proofs of followers' mailboxes")
        constraints = [models.CheckConstraint(condition=Q(tries__lte=5), name="follower_proof_tries_at_most_five")]

    def __str__(self):
        return f"Follower proof {str(self.pk)[:8]}"
