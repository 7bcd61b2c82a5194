"""Addresses under /applications/."""

from django.urls import path

from careers.screens import confirm, own

app_name = "careers"

urlpatterns = [
    path("", own.applications, name="applications"),
    path("confirm/<str:token>/", confirm.confirm, name="confirm"),
    path("withdraw/<str:token>/", confirm.withdraw_by_link, name="withdraw-by-link"),
    path("talent-pool/<uuid:pk>/leave/", own.leave_pool, name="leave-pool"),
    path("<uuid:pk>/", own.application, name="application"),
    path("<uuid:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("<uuid:pk>/files/<uuid:file_pk>/", own.own_file, name="file"),
]
