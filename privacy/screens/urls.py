"""Addresses of the person's own pages."""

from django.urls import path

from privacy.screens import (
    certificate,
    claims,
    consents,
    copies,
    correction,
    erasure,
    my_data,
    records,
    request_without_account,
    requests,
    stops,
)

app_name = "privacy"

urlpatterns = [
    path("my-data/", my_data.my_data, name="my-data"),
    path("my-data/correct/", correction.correct_what, name="correct-what"),
    path("my-data/correct/<str:label>/<uuid:key>/", correction.correct, name="correct"),
    path("my-data/record/<str:label>/<str:key>/", records.record, name="record"),
    path("my-data/pause/", stops.pause, name="pause"),
    path("my-data/object/", stops.object_to, name="object"),
    path("my-data/no-machine/", stops.no_machine, name="no-machine"),
    path("my-data/requests/", requests.own_requests, name="requests"),
    path("my-data/requests/<str:number>/", requests.own_request, name="request"),
    path("my-data/requests/<str:number>/reply/", requests.reply, name="request-reply"),
    path("my-data/requests/<str:number>/take-back/", requests.take_back, name="request-take-back"),
    path("my-data/consents/", consents.consents, name="consents"),
    path("my-data/consents/give/<slug:purpose>/", consents.give, name="give"),
    path("my-data/consents/<uuid:key>/receipt.json", consents.receipt, name="consent-receipt"),
    path("my-data/consents/withdraw/<slug:purpose>/", consents.withdraw, name="withdraw"),
    path("my-data/claims/<uuid:key>/", claims.claim, name="claim"),
    path("my-data/copy/", copies.copies, name="copies"),
    path("my-data/copy/<uuid:key>/", copies.copy, name="copy"),
    path("my-data/erase/", erasure.erase, name="erase"),
    path("my-data/erased/", erasure.erased, name="erased"),
    path("privacy/erased/<uuid:key>/", certificate.certificate, name="certificate"),
    path("privacy/erased/<uuid:key>/certificate.json", certificate.certificate_file, name="certificate-file"),
    path("privacy/request/", request_without_account.ask, name="request-without-account"),
    path("privacy/request/code/", request_without_account.code, name="request-code"),
    path("privacy/request/done/", request_without_account.done, name="request-done"),
]
