"""Addresses of the person's own pages."""

from django.urls import path

from privacy.screens import claims, consents, copies, correction, erasure, my_data

app_name = "privacy"

urlpatterns = [
    path("my-data/", my_data.my_data, name="my-data"),
    path("my-data/correct/<str:label>/<uuid:key>/", correction.correct, name="correct"),
    path("my-data/consents/withdraw/<slug:purpose>/", consents.withdraw, name="withdraw"),
    path("my-data/claims/<uuid:key>/", claims.claim, name="claim"),
    path("my-data/copy/", copies.copies, name="copies"),
    path("my-data/copy/<uuid:key>/", copies.copy, name="copy"),
    path("my-data/erase/", erasure.erase, name="erase"),
    path("my-data/erased/", erasure.erased, name="erased"),
]
