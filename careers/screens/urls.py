"""Addresses under /applications/."""

from django.urls import path

from careers.screens import (
    confirm,
    draft,
    own,
    own_change,
    own_facts,
    own_findings,
    own_interviews,
    own_referees,
    pool_pages,
)

app_name = "careers"

urlpatterns = [
    path("", own.applications, name="applications"),
    path("confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("withdraw/<str:token>/", confirm.withdraw_by_link, name="withdraw-by-link"),
    path("withdrawn/", confirm.withdrawn, name="withdrawn"),
    path("talent-pool/<uuid:pk>/answer/", pool_pages.answer, name="pool-answer"),
    path("talent-pool/by-link/<str:token>/", pool_pages.by_link, name="pool-by-link"),
    path("interview/<str:token>/", own_interviews.interview_by_link, name="interview-by-link"),
    path(
        "interview/<str:token>/calendar/",
        own_interviews.interview_calendar_by_link,
        name="interview-calendar-by-link",
    ),
    path("draft/<str:token>/", draft.draft, name="draft"),
    path("draft/<str:token>/delete/", draft.delete, name="draft-delete"),
    path("<uuid:pk>/", own.application, name="application"),
    path("<uuid:pk>/change/", own_change.change, name="change"),
    path("<uuid:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("<uuid:pk>/talent-pool/", pool_pages.join, name="pool-join"),
    path("<uuid:pk>/files/<uuid:file_pk>/", own.own_file, name="file"),
    path("<uuid:pk>/interviews/<uuid:interview_pk>/", own_interviews.interview, name="interview"),
    path(
        "<uuid:pk>/interviews/<uuid:interview_pk>/calendar/",
        own_interviews.interview_calendar,
        name="interview-calendar",
    ),
    path("<uuid:pk>/who-was-hired/", own_facts.ask, name="who-was-hired"),
    path("<uuid:pk>/referees/", own_referees.add_referee, name="add-referee"),
    path("<uuid:pk>/referees/<uuid:referee_pk>/", own_referees.answer_referee, name="referee"),
    path("<uuid:pk>/closed-off/<uuid:finding_pk>/", own_findings.finding, name="finding"),
]
