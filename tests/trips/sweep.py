"""Every address of the site with something real behind it, and what lies in every table of both databases."""

import hashlib
import re
import uuid
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from django.urls import URLPattern, get_resolver, reverse
from wagtail.models import Page

from careers import links
from careers.draft_links import draft_url
from careers.interview_links import interview_url
from careers.models import (
    Application,
    ApplicationDraft,
    ApplicationFile,
    CareersIndexPage,
    Finding,
    Interview,
    Referee,
    TalentPoolEntry,
)
from cn_portal import mailbox
from crm.models import Contact
from privacy import registry
from privacy.actions.subjects import claimable_by
from privacy.models import ConsentEvent, ConsentState, Copy, DealCase, Erasure, NoticeFollower, SubjectRequest

PLACE = re.compile(r"[<(]")
LINK = re.compile(r"https?://[^\s<>\"]+")


def table_digests():
    """{"alias.table": digest of all its rows}, for every table there is."""
    found = {}
    for alias in connections:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  a name of our own
                rows = sorted(repr(tuple(map(_plain, row))) for row in cursor.fetchall())
                found[f"{alias}.{table}"] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def changed_since(before):
    """The tables that are not as they were."""
    after = table_digests()
    return {table for table in before | after if before.get(table) != after.get(table)}


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


class Writes:
    """Which statement wrote, while a page was fetched: what a failing comparison is explained by."""

    def __init__(self):
        self.method, self.address, self.seen = "", "", []

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().split(" ", 1)[0].upper() in ("INSERT", "UPDATE", "DELETE", "REPLACE"):
            self.seen.append((self.method, self.address, sql[:90]))
        return execute(sql, params, many, context)

    @contextmanager
    def heard(self):
        """Listens to both databases while the block runs."""
        with ExitStack() as stack:
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(self))
            yield self


def routes():
    """Every route outside the staff pages, in full: «my-data/copy/<uuid:key>/»."""
    return sorted({route for route in _walk(get_resolver().url_patterns) if not route.startswith("admin/")})


def _walk(patterns, before=""):
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        else:
            yield from _walk(pattern.url_patterns, here)


# What stands behind a route with places in it: route → function(world) → addresses. `world` holds the two users.
BEHIND = {
    "privacy/deal-room/<uuid:key>/": lambda world: [
        reverse("privacy:deal-room", args=[each.pk]) for each in DealCase.objects.order_by("number")
    ],
    "privacy/deal-room/<uuid:key>/<str:label>/": lambda world: [
        reverse("privacy:deal-room-class", args=[each.pk, "crm.Order"]) for each in DealCase.objects.order_by("number")
    ],
    "privacy/notice/leave/<uuid:key>/": lambda world: [
        reverse("privacy:notice-leave", args=[each.pk]) for each in NoticeFollower.objects.all()
    ],
    "privacy/notice/<str:language>/": lambda world: _notice("privacy:notice-versions"),
    "privacy/notice/<str:language>/feed.atom": lambda world: _notice("privacy:notice-feed"),
    "privacy/notice/<str:language>/follow/": lambda world: _notice("privacy:notice-follow"),
    "privacy/notice/<str:language>/follow/done/": lambda world: _notice("privacy:notice-follow-done"),
    "privacy/notice/<str:language>/follow/<uuid:proof>/": lambda world: _notice(
        "privacy:notice-follow-code", uuid.UUID(int=1)
    ),
    "privacy/notice/<str:language>/<int:number>/": lambda world: _notice("privacy:notice-version", 2),
    "privacy/notice/<str:language>/<int:number>/text": lambda world: _notice("privacy:notice-text", 2),
    "privacy/notice/<str:language>/<int:old>/<int:new>/": lambda world: _notice("privacy:notice-compare", 2, 2),
    "media/<path:name>": lambda world: ["/media/images/none.png", "/media/original_images/none.png"],
    "applications/confirm/<str:token>/": lambda world: [
        urlsplit(links.confirm_url(each)).path for each in Application.objects.order_by("pk")[:6]
    ],
    "applications/withdraw/<str:token>/": lambda world: [
        urlsplit(links.withdraw_url(each)).path for each in Application.objects.order_by("pk")[:6]
    ],
    "applications/<uuid:pk>/who-was-hired/": lambda world: [
        reverse("careers:who-was-hired", args=[each.pk]) for each in _own(Application, world["applicant"])
    ],
    "applications/talent-pool/<uuid:pk>/answer/": lambda world: [
        reverse("careers:pool-answer", args=[each.pk]) for each in _own(TalentPoolEntry, world["applicant"])
    ],
    "applications/talent-pool/by-link/<str:token>/": lambda world: [
        urlsplit(links.pool_url(each)).path for each in TalentPoolEntry.objects.order_by("pk")[:3]
    ],
    "applications/<uuid:pk>/talent-pool/": lambda world: [
        reverse("careers:pool-join", args=[each.pk]) for each in _own(Application, world["applicant"])
    ],
    "applications/draft/<str:token>/": lambda world: [urlsplit(draft_url(each)).path for each in _drafts(world)],
    "applications/draft/<str:token>/delete/": lambda world: [
        f"{urlsplit(draft_url(each)).path}delete/" for each in _drafts(world)
    ],
    "applications/interview/<str:token>/": lambda world: [
        urlsplit(interview_url(each)).path for each in Interview.objects.order_by("pk")[:3]
    ],
    "applications/interview/<str:token>/calendar/": lambda world: [
        f"{urlsplit(interview_url(each)).path}calendar/" for each in Interview.objects.order_by("pk")[:3]
    ],
    "applications/<uuid:pk>/interviews/<uuid:interview_pk>/": lambda world: _of_applications(
        "interview", Interview, world
    ),
    "applications/<uuid:pk>/interviews/<uuid:interview_pk>/calendar/": lambda world: _of_applications(
        "interview-calendar", Interview, world
    ),
    "applications/<uuid:pk>/referees/": lambda world: [
        reverse("careers:add-referee", args=[each.pk]) for each in _own(Application, world["applicant"])
    ],
    "applications/<uuid:pk>/referees/<uuid:referee_pk>/": lambda world: _of_applications("referee", Referee, world),
    "applications/<uuid:pk>/closed-off/<uuid:finding_pk>/": lambda world: _of_applications("finding", Finding, world),
    "applications/<uuid:pk>/change/": lambda world: [
        reverse("careers:change", args=[each.pk]) for each in _own(Application, world["applicant"])
    ],
    "applications/<uuid:pk>/": lambda world: [
        reverse("careers:application", args=[each.pk]) for each in _own(Application, world["applicant"])
    ],
    "applications/<uuid:pk>/withdraw/": lambda world: [
        reverse("careers:withdraw", args=[each.pk]) for each in _own(Application, world["applicant"])
    ],
    "applications/<uuid:pk>/files/<uuid:file_pk>/": lambda world: [
        reverse("careers:file", args=[each.application_id, each.pk])
        for each in ApplicationFile.objects.filter(application__subject__in=world["applicant"].subject.group())
    ],
    "my-data/correct/<str:label>/<uuid:key>/": lambda world: [
        reverse("privacy:correct", args=["crm.Contact", each.pk]) for each in _own(Contact, world["customer"])
    ],
    "my-data/record/<str:label>/<str:key>/": lambda world: [
        reverse("privacy:record", args=["crm.Contact", each.pk]) for each in _own(Contact, world["customer"])
    ],
    "my-data/requests/<str:number>/": lambda world: _requests("privacy:request"),
    "my-data/requests/<str:number>/reply/": lambda world: _requests("privacy:request-reply"),
    "my-data/requests/<str:number>/take-back/": lambda world: _requests("privacy:request-take-back"),
    "my-data/consents/<uuid:key>/receipt.json": lambda world: [
        reverse("privacy:consent-receipt", args=[each.pk]) for each in _own(ConsentEvent, world["applicant"])
    ],
    "my-data/consents/give/<slug:purpose>/": lambda world: [
        reverse("privacy:give", args=[code]) for code in sorted({each.code for each in registry.purposes()})
    ],
    "privacy/erased/<uuid:key>/": lambda world: [
        reverse("privacy:certificate", args=[each.pk]) for each in Erasure.objects.all()
    ],
    "privacy/erased/<uuid:key>/certificate.json": lambda world: [
        reverse("privacy:certificate-file", args=[each.pk]) for each in Erasure.objects.all()
    ],
    "my-data/consents/withdraw/<slug:purpose>/": lambda world: [
        reverse("privacy:withdraw", args=[each.purpose]) for each in ConsentState.objects.order_by("pk")
    ],
    "my-data/claims/<uuid:key>/": lambda world: [
        reverse("privacy:claim", args=[each.pk]) for each in claimable_by(world["customer"].subject)
    ],
    "my-data/copy/<uuid:key>/": lambda world: [reverse("privacy:copy", args=[each.pk]) for each in Copy.objects.all()],
    r"documents/^(\d+)/(.*)$": lambda world: ["/documents/1/none.pdf"],
    "documents/authenticate_with_password/<int:restriction_id>/": lambda world: [
        "/documents/authenticate_with_password/1/"
    ],
    "demo/mailbox/<slug:key>/": lambda world: [
        reverse("demo-mail", args=[message.key]) for message in mailbox.messages()[:2]
    ],
    "nb/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": lambda world: [
        "/nb/_util/authenticate_with_password/1/1/"
    ],
    r"nb/^((?:[\w\-]+/)*)$": lambda world: pages(),
}


def addresses_of(route, world):
    """The addresses of one route; none when nobody has said what stands behind it, or nothing does."""
    if route in BEHIND:
        return BEHIND[route](world)
    return [] if PLACE.search(route) else [f"/{route}"]


def everything(world):
    """Every address of the site outside the staff pages, every page, every link of every mail."""
    built = [address for route in routes() for address in addresses_of(route, world)]
    return sorted({*built, *pages(), *_steps(world), *linked(mailbox.messages())})


def pages():
    """The address of every live page, in both languages, and the feeds below each list of vacancies."""
    feeds = [f"{page.url}{name}/" for page in CareersIndexPage.objects.live() for name in ("rss", "json")]
    return feeds + [urlsplit(url).path for page in Page.objects.live() if (url := page.get_url())]


def _notice(name, *rest):
    return [reverse(name, args=[language, *rest]) for language in ("nb", "en")]


def _of_applications(name, model, world):
    rows = model.objects.filter(application__subject__in=world["applicant"].subject.group())
    return [reverse(f"careers:{name}", args=[each.application_id, each.pk]) for each in rows]


def _requests(name):
    return [reverse(name, args=[each.number]) for each in SubjectRequest.objects.order_by("number")]


def _steps(world):
    """Every step of the application that the applicant has begun, with what leads back to it and away from it."""
    names = ("", "documents/", "check/", "send/", "later/", "delete/", "received/")
    return [f"{draft.vacancy.url}apply/{name}" for draft in _drafts(world) for name in names]


def _drafts(world):
    """The draft of an application that the applicant has begun."""
    return ApplicationDraft.objects.filter(subject__in=world["applicant"].subject.group())


def _own(model, user):
    return model.objects.filter(subject__in=user.subject.group())


def linked(messages):
    """The addresses in these mails that lead to this site."""
    found = {link.rstrip(".,)") for message in messages for link in LINK.findall(message.text)}
    own = [urlsplit(link) for link in found if link.startswith(settings.BASE_URL)]
    return sorted(f"{link.path}?{link.query}" if link.query else link.path for link in own)
