"""What is made from the files of an application, and goes with them (T18, T19)."""

from django.utils.translation import gettext_lazy as _

from careers.models import ApplicationFilePreview
from careers.personal_data.applications import KEY, RECRUITMENT
from privacy import registry
from privacy.declare import OBSERVED, Category, Field, KeepWith, NotPersonal, PersonalData


@registry.holds(ApplicationFilePreview)
class ApplicationFilePreviewData(PersonalData):
    """Left out of the copy: it is a picture of a document that lies in the copy itself, and says nothing more."""

    title = _("Pictures of the pages of your files")
    subject = "file__application__subject"
    activity = RECRUITMENT
    keep = KeepWith("file", source="N32")
    source = _("made by us from a file you sent, to show it safely")
    order = "number"
    fields = {
        "id": KEY,
        "file": KEY,
        "number": NotPersonal("the place of the page in the document"),
        "image": Field(Category.UPLOAD, scope=OBSERVED, shown=False),
        "text": Field(Category.UPLOAD, scope=OBSERVED, shown=False),
    }
