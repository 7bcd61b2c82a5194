"""Moving on, on the screen: the mail is shown first, and only what was shown is sent."""

import re
from html import unescape

import pytest
from django.urls import reverse

from careers import actions
from careers.models import Application, StageEvent
from privacy.models import StaffRead
from tests.careers import factories, reading


@pytest.fixture
def application(vacancy):
    return factories.submit(vacancy, name="Ingrid Prøve", cv=None)


@pytest.fixture
def hr_user(db):
    return factories.make_staff(actions.HR)


@pytest.fixture
def hr(client, hr_user):
    return factories.sign_in(client, hr_user)


def url(row, name="move"):
    return reverse(f"careers_applications:{name}", args=[row.pk])


def digest_in(html):
    return re.search(r'name="shown" value="(\w+)"', html)[1]


def test_the_mail_on_the_screen_is_the_mail_that_is_sent(hr, application):
    form = {"to": "interview_1", "reason": "", "words": "Ta med «kursbevis» & ID."}
    html = hr.post(url(application), form).content.decode()
    assert reading.mails("moved") == [] and not StageEvent.objects.exists()
    shown = unescape(re.search(r"<pre data-text>\n(.*?)</pre>", html, re.S)[1])
    title = unescape(re.search(r"<dd data-title>(.*?)</dd>", html)[1])
    response = hr.post(url(application), {**form, "shown": digest_in(html)})
    assert response.status_code == 302 and response.url == url(application, "inspect")
    [(to, said)] = reading.mails("moved")
    assert (to, said["title"], said["text"]) == (application.email, title, shown)
    assert "Ta med «kursbevis» & ID." in shown
    assert Application.objects.get().step == "interview_1"


def test_whoever_is_shown_the_mail_has_looked(hr, hr_user, application):
    hr.post(url(application), {"to": "interview_1"})
    assert StaffRead.objects.filter(actor=hr_user.pk, object_pk=str(application.pk)).exists()


def test_an_inner_step_needs_no_look_and_sends_nothing(hr, application):
    response = hr.post(url(application), {"to": "shortlist", "next": "board"})
    assert response.url == reverse("careers_board", args=[application.vacancy_reference])
    response = hr.post(url(application), {"to": "reserve", "next": "list"})
    assert response.url == reverse("careers_list", args=[application.vacancy_reference])
    assert Application.objects.get().step == "reserve" and reading.mails("moved") == []


def test_what_changed_meanwhile_is_shown_anew(hr, hr_user, application):
    form = {"to": "rejected", "reason": "Manglet fagbrev."}
    html = hr.post(url(application), form).content.decode()
    response = hr.post(url(application), {**form, "reason": "Noe annet.", "shown": digest_in(html)})
    assert response.status_code == 409 and reading.mails("moved") == []
    fresh = response.content.decode()
    assert "Noe annet." in fresh and digest_in(fresh) != digest_in(html)
    assert hr.post(url(application), {**form, "reason": "Noe annet.", "shown": digest_in(fresh)}).status_code == 302
    assert StageEvent.objects.get().reason == "Noe annet." and len(reading.mails("moved")) == 1


def test_a_stage_that_moved_meanwhile_is_refused_with_a_sentence(hr, hr_user, application):
    form = {"to": "interview_1"}
    html = hr.post(url(application), form).content.decode()
    actions.move_application(application, to="rejected", by=hr_user, reason="Trakk seg muntlig.")
    response = hr.post(url(application), {**form, "shown": digest_in(html)})
    assert response.status_code == 200 and response.context["form"].errors
    assert Application.objects.get().state == "rejected"


def test_the_text_can_be_changed_after_it_was_seen(hr, application):
    form = {"to": "rejected", "reason": "Manglet fagbrev.", "words": "Takk for praten."}
    html = hr.post(url(application), {**form, "edit": "1"}).content.decode()
    assert "Takk for praten." in html and 'name="shown"' not in html and reading.mails("moved") == []


@pytest.mark.parametrize(
    "form",
    [
        {"to": "rejected", "reason": ""},
        {"to": "rejected", "reason": "Fødselsnummer 01010750160"},
        {"to": "interview_1", "words": "x" * 801},
        {"to": "withdrawn"},
        {"to": "shortlist", "next": "//evil.example"},
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_nothing_is_lost(hr, application, form):
    response = hr.post(url(application), form)
    assert response.status_code == 200 and response.context["form"].errors
    assert Application.objects.get().step == "new" and reading.mails("moved") == []
    assert form.get("reason", "") in unescape(response.content.decode())


def test_somebody_without_an_address(hr, application):
    Application.objects.update(email=b"")
    html = hr.post(url(application), {"to": "interview_1"}).content.decode()
    assert "cn-note--wait" in html
    assert hr.post(url(application), {"to": "interview_1", "shown": digest_in(html)}).status_code == 302
    assert Application.objects.get().step == "interview_1" and reading.mails("moved") == []


def test_the_form_begins_with_what_the_address_asks_for(hr, application):
    html = hr.get(url(application), {"to": "rejected", "next": "board"}).content.decode()
    assert '<option value="rejected" selected>' in html and 'name="next" value="board"' in html


def test_inner_steps_show_the_applicant_nothing_new(client, hr_user, vacancy):
    person = factories.make_user()
    row = factories.submit(vacancy, user=person, cv=None)
    row = actions.move_application(row, to="read", by=hr_user, reason="")
    factories.sign_in(client, person)
    own = reverse("careers:application", args=[row.pk])
    before = client.get(own).content.decode()
    actions.move_application(row, to="shortlist", by=hr_user, reason="")
    actions.move_application(Application.objects.get(), to="reserve", by=hr_user, reason="Holdes i reserve")
    after = client.get(own).content.decode()
    strip = re.compile(r'(nonce|csrfmiddlewaretoken)[^>]*>|value="[\w-]+"')
    assert strip.sub("", after) == strip.sub("", before) and "eserve" not in after and "ortlist" not in after
