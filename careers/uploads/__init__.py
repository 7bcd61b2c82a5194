"""Which uploaded documents are taken: PDF, Word, OpenDocument and RTF, known by their content and never by their name.

    checked = check_upload(request.FILES["cv"])     # raises Refused with a sentence for the person who sent it
    attach_file(application, kind="cv", checked=checked, by=request.user)       # careers.actions

Here the bytes are only measured: a zip by its own list before any part of it is read, and what is read is read up to a
limit, because the list may lie (T18, T20, T21). Whatever takes a document apart runs in `child`, a process of its own,
which hands back a cleaned copy; that copy is what is kept. docs/files.md is the whole story.
"""

from careers.uploads.check import KINDS, MOST_BYTES, CheckedFile, check_upload
from careers.uploads.refusals import Refused

__all__ = ["KINDS", "MOST_BYTES", "CheckedFile", "Refused", "check_upload"]
