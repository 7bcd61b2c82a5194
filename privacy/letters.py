"""Letters of a case on paper: an HTML page for the printer, and the same as a PDF (N68, L3).

A letter is made of one message to the person. It is laid out for a C5 envelope with a window on the left, in the
language of the case, and every answer carries the complaint route.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from privacy import queries
from privacy.bag_documents import AUTHORITY
from privacy.models import Disclosure, RequestMessage, SubjectRequest
from privacy.rules.requests import WITH_REMEDIES

# Seven lines are what the window of the envelope shows.
WINDOW_LINES = 7

TITLES = {
    RequestMessage.Kind.ACKNOWLEDGEMENT: gettext_lazy("We have received your request"),
    RequestMessage.Kind.QUESTION: gettext_lazy("A question about your request"),
    RequestMessage.Kind.EXTENSION: gettext_lazy("We need more time for your request"),
    RequestMessage.Kind.ANSWER: gettext_lazy("The answer to your request"),
    RequestMessage.Kind.NOTICE: gettext_lazy("A notice about your request"),
}


class NoPdf(Exception):
    """This machine cannot make a PDF; the sentence says what to do instead."""


@dataclass(frozen=True)
class Letter:
    """Everything that stands on the sheet, in the language of the case. ``to`` is empty when no address is known."""

    request: SubjectRequest
    language: str
    sender: dict
    sender_lines: list[str]
    to: list[str]
    title: str
    text: str
    day: date
    is_answer: bool
    shows_route: bool
    authority: dict


def letter_of(message: RequestMessage, *, name: str = "", postal_address: str = "") -> Letter:
    """The letter that carries this message to the person at this name and address."""
    case = message.request
    is_answer = message.kind == RequestMessage.Kind.ANSWER
    with override(case.language):
        sender = queries.controller()
        return Letter(
            request=case,
            language=case.language,
            sender=sender,
            sender_lines=sender_lines(sender),
            to=window_lines(name, postal_address),
            title=str(TITLES.get(message.kind, _("About your request"))),
            text=message.text or "",
            day=message.on,
            is_answer=is_answer,
            # A refusal brings the route along in its own words.
            shows_route=is_answer and case.outcome not in WITH_REMEDIES,
            authority=AUTHORITY,
        )


def sender_lines(sender: dict) -> list[str]:
    """Our address line by line, without the name where the address begins with it, and how else to reach us."""
    lines = [line.strip() for line in sender["address"].split(",")]
    if len(lines) > 1 and sender["name"].startswith(lines[0]):
        lines = lines[1:]
    return [line for line in [*lines, sender["email"], sender["phone"]] if line]


def window_lines(name: str, postal_address: str) -> list[str]:
    """Name and address as the lines of the window; an address on one line is broken at its commas."""
    given = (postal_address or "").strip()
    lines = given.splitlines() if "\n" in given else given.split(",")
    tidy = [line.strip() for line in lines if line.strip()]
    if not tidy:
        return []
    name = (name or "").strip()
    if name and tidy[0].casefold() != name.casefold():
        tidy.insert(0, name)
    return tidy[:WINDOW_LINES]


def statement(subject, *, day: date, language: str) -> str:
    """Everything held about a person in words, for the answer to who has no page to fetch a copy on (Art 15, N61).

    What, why, from where, until when, who received it; the engine's own bookkeeping of the request itself is left out.
    """
    about = queries.held_about(subject, day=day, language=language)
    groups = [group for group in about.groups if group.declaration.model._meta.app_label != "privacy"]
    sent = [each for each in about.disclosures if each.direction == Disclosure.Direction.SENT]
    shared = sorted({each.recipient.name for each in sent})
    with override(language):
        text = render_to_string("privacy/letters/statement.txt", {"about": about, "groups": groups, "shared": shared})
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.splitlines())).strip()


def letter_html(letter: Letter, *, tools: str = "") -> str:
    """The sheet as a page; with ``tools`` (safe HTML) above it and our style sheet it is one for a screen."""
    with override(letter.language):
        return render_to_string("privacy/letters/sheet.html", {"letter": letter, "tools": tools})


def letter_pdf(letter: Letter) -> bytes:
    """The sheet as a tagged PDF. Raises NoPdf where the libraries that draw text are missing."""
    try:
        # Needs pango from the system: a machine without it still prints the page.
        import weasyprint
    except (ImportError, OSError):
        raise NoPdf(
            _("No PDF can be made on this machine. Print the page from the browser instead; it is the same letter.")
        ) from None
    style = weasyprint.CSS(string=_style(), url_fetcher=refuse)
    document = weasyprint.HTML(string=letter_html(letter), url_fetcher=refuse)
    return document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")


def _style() -> str:
    return Path(finders.find("css/letter.css")).read_text(encoding="utf-8")


def refuse(url, *args, **kwargs):
    """Nothing is ever fetched for a letter: neither from the network nor from the disk."""
    raise ValueError("A letter fetches nothing.")
