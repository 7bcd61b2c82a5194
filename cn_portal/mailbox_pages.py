"""The demonstration mailbox: what the site would have mailed, for a newcomer without a mail server. Only with DEMO."""

from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from cn_portal import mailbox


@require_safe
def index(request):
    return render(request, "cn_portal/mailbox.html", {"messages_sent": mailbox.messages()})


@require_safe
def show(request, key):
    message = mailbox.message_of(key)
    if message is None:
        raise Http404
    return render(request, "cn_portal/mail.html", {"message": message})


urlpatterns = [
    path("", index, name="demo-mailbox"),
    path("<slug:key>/", show, name="demo-mail"),
]
