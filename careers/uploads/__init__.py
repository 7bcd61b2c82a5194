"""Which uploaded documents are taken: PDF, Word, OpenDocument and RTF, known by their content and never by their name.

    checked = check_upload(request.FILES["cv"])     # raises Refused with a sentence for the person who sent it

Nothing is unpacked to disk and nothing is rendered: the checks read bytes. A zip is measured by its own list before any
part of it is read, and what is read is read up to a limit, because the list may lie (T18, T20, T21).
"""

from careers.uploads.check import MOST_BYTES, CheckedFile, check_upload
from careers.uploads.refusals import Refused

__all__ = ["MOST_BYTES", "CheckedFile", "Refused", "check_upload"]
