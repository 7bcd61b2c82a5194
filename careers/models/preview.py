"""What staff see of a document: its pages as pixels, or its words. Derived, and gone with the file (T18, T19)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.fields import SealedTextField

# A CV of more pages is downloaded by whoever wants to read on.
MOST_PAGES = 20


class ApplicationFilePreview(models.Model):
    """One page of a document of an application, in pixels or in words.

    It lies sealed in its row and not in the file storage: it is made from the document at any time, so the applicant's
    copy does not need it, and it goes in the same transaction as the row it was made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey("careers.ApplicationFile", on_delete=models.CASCADE, related_name="previews")
    number = models.PositiveSmallIntegerField(_("page"))
    # A PNG picture in base64; empty for what is shown as text.
    image = SealedTextField(_("picture"), owner="file__application__subject", blank=True)
    text = SealedTextField(_("text"), owner="file__application__subject", blank=True)

    class Meta:
        verbose_name = _("preview of a page")
        verbose_name_plural = _("previews of pages")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=MOST_PAGES), name="file_preview_page_in_range"
            ),
            models.UniqueConstraint(fields=["file", "number"], name="file_preview_once_per_page"),
        ]

    def __str__(self):
        return f"Preview {str(self.pk)[:8]}"
