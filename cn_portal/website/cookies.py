"""Every cookie the site sets, read from the settings that set them, so that the page says the same (N44)."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy.screens import request_without_account

MESSAGES_COOKIE = "messages"
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True)
class Cookie:
    """One row of the cookie table. All are first-party and strictly necessary, and hold nothing in clear text."""

    name: str
    purpose: str
    when: str
    seconds: int | None

    @property
    def lasts(self) -> str:
        """How long it stays in the browser, in words."""
        return lasts(self.seconds)


def cookies() -> list[Cookie]:
    """The site's cookies in the order a visitor meets them."""
    return [
        Cookie(
            settings.CSRF_COOKIE_NAME,
            _("Proves that a form is sent from our own page and not by somebody else in your name."),
            _("When you open a page with a form"),
            settings.CSRF_COOKIE_AGE,
        ),
        Cookie(
            settings.SESSION_COOKIE_NAME,
            _("Remembers that you are signed in, or how far you have come in a form."),
            _("When you sign in or start an application"),
            None if settings.SESSION_EXPIRE_AT_BROWSER_CLOSE else settings.SESSION_COOKIE_AGE,
        ),
        Cookie(
            settings.LANGUAGE_COOKIE_NAME,
            _("Remembers the language you chose."),
            _("When you change language on your own pages"),
            settings.LANGUAGE_COOKIE_AGE,
        ),
        Cookie(
            request_without_account.cookie_name(),
            _("Ties the code we mail to the browser that asked for it, when you use your rights without an account."),
            _("When you send that form"),
            request_without_account.COOKIE_SECONDS,
        ),
        Cookie(
            MESSAGES_COOKIE,
            _("Carries a short message, such as «Saved», to the next page."),
            _("When you have saved or sent something"),
            None,
        ),
    ]


def lasts(seconds: int | None) -> str:
    """15 minutes, 12 hours, 364 days; without a number, until the browser is closed."""
    if seconds is None:
        return _("Until you close the browser")
    if seconds < HOUR:
        minutes = seconds // MINUTE
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if seconds < 2 * DAY:
        hours = seconds // HOUR
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = seconds // DAY
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
