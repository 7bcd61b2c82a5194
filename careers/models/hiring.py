"""The filling of one vacancy, in all its languages: what the page cannot hold, because pages keep old versions."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HiringManager(models.Manager):
    def of(self, vacancy) -> "Hiring":
        """The hiring a vacancy page belongs to, whichever its language; made the first time it is asked for."""
        hiring, _new = self.get_or_create(reference=vacancy.reference)
        return hiring

    def by_reference(self, references) -> dict[str, "Hiring"]:
        """{reference: hiring} for those that are there, in one query; a hiring nobody has touched yet is not."""
        return {each.reference: each for each in self.filter(reference__in=references)}


class Hiring(models.Model):
    """One hiring, known by the reference its pages share. What HR decides about it hangs here, never on a page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    # The one closing act; a vacancy also closes by itself at its pages' closing time.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    blind = models.BooleanField(
        _("first review without names"),
        default=False,
        help_text=_("Names, addresses and files stay hidden from each reader until their own assessment is in."),
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = HiringManager()

    class Meta:
        verbose_name = _("hiring")
        verbose_name_plural = _("hirings")
        constraints = [models.CheckConstraint(condition=~models.Q(reference=""), name="hiring_has_a_reference")]

    def __str__(self):
        return f"Hiring {self.reference}"
