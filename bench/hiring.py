"""The board of a vacancy with 500 applications against Django's own list of the same rows, and a refusal to 300."""

import time
import uuid

from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from django.views.generic import ListView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from bench.figure import Figure, in_turn
from careers import actions
from careers.models import Application, Hiring
from careers.rules.stages import ON_BOARD, state_of
from cn_portal.accounts.models import TotpDevice
from cn_portal.urls import urlpatterns as ours
from privacy import actions as engine
from privacy.models import ConsentEvent
from privacy.screens.scoping import unlock
from privacy.vault import prepare
from tests.careers.factories import make_vacancy

ON_THE_BOARD, REFUSED = 500, 300
MOST_SECONDS = 5
TEXTS = {"nb": actions.Text("Andre hadde fagbrev.", "Takk for praten.")}


class PlainList(WagtailAdminTemplateMixin, ListView):
    """What somebody would write first: every row with its name opened, one line each, in the same frame."""

    model = Application

    def get_queryset(self):
        return unlock(Application.objects.filter(vacancy_reference=self.kwargs["reference"]).select_related("subject"))

    def render_to_response(self, context, **kwargs):
        return HttpResponse(PAGE.render(context, self.request))


PAGE = engines["django"].from_string(
    """{% extends "wagtailadmin/generic/base.html" %}{% block main_content %}<ul>{% for row in object_list %}
    <li>{{ row.full_name }} {{ row.get_step_display }} {{ row.submitted_at }}</li>
    {% endfor %}</ul>{% endblock %}"""
)
urlpatterns = [path("admin/bench/<str:reference>/", PlainList.as_view()), *ours]


def measure(scale: int):
    engine.adopt_declared()
    actions.ensure_consent_texts()
    by = _hr()
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        yield from _boards(_signed_in(by))
    yield from _refusals(by)


def _boards(client):
    vacancy, small = make_vacancy(), make_vacancy()
    _apply(vacancy, ON_THE_BOARD, spread=True)
    _apply(small, 1)
    board, plain = in_turn(
        lambda: _get(client, _board(vacancy)), lambda: _get(client, f"/admin/bench/{vacancy.reference}/")
    )
    many, one = _queries(client, vacancy), _queries(client, small)
    if many != one:
        raise RuntimeError(f"A board of {ON_THE_BOARD} takes {many} queries, a board of one {one}.")
    what = f"a board of {ON_THE_BOARD} applications, {many} queries as for one"
    yield Figure(what, "a plain list of the same rows", board, plain, 2)


def _refusals(by):
    vacancy, other = make_vacancy(), make_vacancy()
    for each in (vacancy, other):
        _apply(each, REFUSED)
    shown = actions.plan_refusal(vacancy.reference, texts=TEXTS, steps=["new"]).digest
    hiring = Hiring.objects.of(vacancy)
    ordered, order = _timed(lambda: actions.order_refusal(hiring, texts=TEXTS, shown=shown, by=by, steps=["new"]))
    refused, _nothing = _timed(lambda: actions.carry_out_refusal(order.pk))
    looped, _nothing = _timed(lambda: _loop(other, by))
    if set(Application.objects.filter(vacancy_reference=vacancy.reference).values_list("state", flat=True)) != {
        "rejected"
    }:
        raise RuntimeError("Not everybody was refused; the times mean nothing.")
    yield Figure(f"putting {REFUSED} refusals in line", f"{MOST_SECONDS} seconds", ordered, MOST_SECONDS, 1)
    yield Figure(f"putting {REFUSED} refusals in line", "refusing them in a loop", ordered, looped, 0.5)
    yield Figure(f"sending {REFUSED} refusals, each asked again", "refusing them in a loop", refused, looped, 2)


def _loop(vacancy, by) -> None:
    for row in Application.objects.filter(vacancy_reference=vacancy.reference).select_related("subject"):
        actions.move_application(row, to="rejected", by=by, reason=TEXTS["nb"].reason, words=TEXTS["nb"].words)


def _timed(act):
    start = time.perf_counter()
    done = act()
    return time.perf_counter() - start, done


def _hr():
    user = get_user_model().objects.create_user(f"{uuid.uuid4().hex[:8]}@cn.example", verified=True, is_staff=True)
    user.groups.add(actions.ensure_roles()[actions.HR])
    return user


def _apply(vacancy, count: int, *, spread=False) -> None:
    """Rows as the form leaves them, without its files; every one a person and a consent of its own."""
    rows = []
    for number in range(count):
        subject = engine.register_subject(role="applicant", language="nb", by=None)
        step = ON_BOARD[number % 8] if spread else ON_BOARD[0]
        row = Application(vacancy=vacancy, vacancy_reference=vacancy.reference, vacancy_title=vacancy.title)
        row.subject, row.form_token, row.clock_from = subject, uuid.uuid4(), timezone.localdate()
        row.step, row.state = step, state_of(step)
        text = engine.text_for(actions.RECRUITMENT, "nb")
        engine.give_consent(subject, text=text, method="form", by=None, about=str(row.pk))
        row.consent = ConsentEvent.objects.filter(subject=subject).latest("pk")
        rows.append(row)
    prepare(rows)
    for number, row in enumerate(rows):
        row.full_name, row.email = f"Søker Nr {number}", f"soker{number}@soker.example"
    Application.objects.bulk_create(rows)


def _signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="cn_portal.accounts.backends.EmailCodeBackend")
    device = TotpDevice.objects.create(user=user, confirmed=True, seed="A" * 32)
    session = client.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    return client


def _board(vacancy) -> str:
    return f"/admin/careers/vacancies/{vacancy.reference}/board/"


def _get(client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200 or "Søker Nr" not in response.content.decode():
        raise RuntimeError("Nobody stood on the page; the times mean nothing.")


def _queries(client, vacancy) -> int:
    _get(client, _board(vacancy))
    with CaptureQueriesContext(connection) as seen:
        _get(client, _board(vacancy))
    return len(seen)
