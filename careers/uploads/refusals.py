"""Why a document is not taken: what was wrong, that the rest is kept, and what to do. One sentence each."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("The file is empty. Nothing else is lost: choose the file again, or send without it if it is optional."),
    "too-large": _(
        "The file is larger than 10 MB. "
        "What you have typed is kept: save a smaller copy, for example as PDF, and choose it."
    ),
    "unknown": _(
        "The file is not a PDF, Word, OpenDocument or RTF document, whatever its name says. "
        "What you have typed is kept: save it as PDF and choose it."
    ),
    "old-word": _(
        "The file is in the old Word format or protected by a password. "
        "What you have typed is kept: save it as PDF or .docx without a password and choose it."
    ),
    "locked": _(
        "The file is protected by a password, so nobody here could read it. "
        "What you have typed is kept: save a copy without a password and choose it."
    ),
    "damaged": _(
        "The file is damaged or was not uploaded completely. What you have typed is kept: save it again and choose it."
    ),
    "active": _(
        "The file holds macros or parts that run or load something. "
        "What you have typed is kept: save it as PDF and choose it."
    ),
    "too-packed": _(
        "The file unpacks to far more than a document does. What you have typed is kept: save it as PDF and choose it."
    ),
}


class Refused(ValidationError):
    """A document that is not taken; `code` says why."""

    def __init__(self, code: str):
        super().__init__(SENTENCES[code], code=code)
