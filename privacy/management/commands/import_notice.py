from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError

from privacy.actions.notice_imports import MOST_BYTES, import_notice
from privacy.actions.notice_versions import NoticeRefused
from privacy.management.output import PortalCommand
from privacy.queries.notice_facts import LANGUAGES


class Command(PortalCommand):
    help = "Take an existing privacy notice in unaltered, byte for byte, as version 1."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--published", required=True, metavar="DATE", type=day, help="when it was published")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="what it is written in")
        super().add_arguments(parser)

    def work(self, *, file, published, language, **options):
        try:
            with Path(file).open("rb") as source:
                # One byte more than may be is enough to see that it is too much.
                content = source.read(MOST_BYTES + 1)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise CommandError(f"The file could not be read: {why}. Nothing was taken in.") from None
        try:
            text = import_notice(content, published_on=published, language=language)
        except NoticeRefused as refusal:
            raise CommandError(str(refusal)) from None
        document = {"version": str(text.version.number), "sha256": text.sha256}
        self.show(document, text=f"Version {text.version.number}, published {published}, SHA-256 {text.sha256}.")


def day(text: str) -> date:
    """An ISO date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date such as 2018-07-10.") from None
