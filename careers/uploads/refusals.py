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
    "picture": _(
        "The file is a picture, and we ask for none: a photo says nothing about what you can do. "
        "What you have typed is kept: choose the document as PDF, Word, OpenDocument or RTF."
    ),
    "unreadable": _(
        "The file could not be read within our limits, so nobody here could open it either. "
        "What you have typed is kept: save it anew as PDF and choose it."
    ),
    "infected": _(
        "The virus scanner found something in the file, so it was not taken and is not kept. "
        "What you have typed is kept: check your computer, save the document anew and choose it."
    ),
    "national_number": _(
        "There seems to be a national identity number in the file. We do not need it and did not keep the file. "
        "What you have typed is kept: remove the number and choose the file again."
    ),
    "card_number": _(
        "There seems to be a card number in the file. We never take card numbers and did not keep the file. "
        "What you have typed is kept: remove the number and choose the file again."
    ),
    "not-stored": _(
        "The file could not be received just now. What you have typed is kept: try again in a few minutes."
    ),
}


class Refused(ValidationError):
    """A document that is not taken; `code` says why."""

    def __init__(self, code: str):
        super().__init__(SENTENCES[code], code=code)
