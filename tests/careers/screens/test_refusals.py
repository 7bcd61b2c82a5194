"""Refusing many on the screen: the dry run with every mail, the digest that has to come back, and the progress."""

import re
import uuid
from html import unescape

import pytest
from django.urls import reverse

from careers import actions
from careers.models import Application, BulkRefusal, Hiring
from privacy.models import DataSubject
from tests.careers import factories, reading

TEXT = {"reason_nb": "Andre hadde fagbrev.", "words_nb": "", "reason_en": "", "words_en": ""}


@pytest.fixture
def hr_user(db):
    return factories.make_staff(actions.HR, first_name="Hanne", last_name="Ressurs")


@pytest.fixture
def hr(client, hr_user):
    return factories.sign_in(client, hr_user)


@pytest.fixture
def rows(vacancy):
    return [factories.submit(vacancy, name=f"Søker {number}", cv=None) for number in range(3)]


def refuse(vacancy):
    return reverse("careers_refuse", args=[vacancy.reference])


def digest_in(html):
    return re.search(r'name="shown" value="(\w+)"', html)[1]


def letters_in(html):
    """(address, subject, text) of every letter on the page."""
    addresses = re.findall(r"<dd>([^<]+@[^<]+)</dd>", html)
    titles = re.findall(r"<dd data-title>(.*?)</dd>", html)
    texts = re.findall(r"<pre data-text>\n(.*?)</pre>", html, re.S)
    return sorted(tuple(map(unescape, each)) for each in zip(addresses, titles, texts, strict=True))


def test_from_the_steps_to_the_mails(hr, vacancy, rows, drain):
    page = hr.get(refuse(vacancy), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert 'value="new"' in page and "(3)" in page and 'value="offer_made"' not in page
    form = {**TEXT, "steps": ["new"]}
    html = hr.post(refuse(vacancy), form).content.decode()
    shown = letters_in(html)
    assert len(shown) == 3 and reading.mails("moved") == [] and not BulkRefusal.objects.exists()
    response = hr.post(refuse(vacancy), {**form, "shown": digest_in(html)})
    order = BulkRefusal.objects.get()
    assert response.url == reverse("careers_refusal", args=[vacancy.reference, order.pk])
    waiting = hr.get(response.url).content.decode()
    assert "data-progress" in waiting and "Søker 1" in waiting
    actions.carry_out_refusal(order.pk)
    assert sorted((to, said["title"], said["text"]) for to, said in reading.mails("moved")) == shown
    done = hr.get(response.url).content.decode()
    assert "data-progress" not in done and done.count("Søker ") == 3
    assert reverse("careers_refusal", args=[vacancy.reference, order.pk]) in hr.get(refuse(vacancy)).content.decode()


def test_those_ticked_in_the_list_and_nobody_else(hr, vacancy, rows):
    picked = [str(rows[0].pk), str(rows[2].pk)]
    html = hr.post(refuse(vacancy), {"pick": [*picked, "rubbish"]}).content.decode()
    assert all(f'value="{key}"' in html for key in picked) and 'name="steps"' not in html
    html = hr.post(refuse(vacancy), {**TEXT, "pick": picked}).content.decode()
    assert set(re.findall(r'data-told="([\w-]+)"', html)) == set(picked)
    hr.post(refuse(vacancy), {**TEXT, "pick": picked, "shown": digest_in(html)})
    actions.carry_out_refusal(BulkRefusal.objects.get().pk)
    assert set(map(str, Application.objects.filter(state="rejected").values_list("pk", flat=True))) == set(picked)


def test_who_gets_nothing_stands_there_with_the_reason(hr, hr_user, vacancy, rows):
    actions.move_application(rows[0], to="rejected", by=hr_user, reason="x")
    DataSubject.objects.filter(pk=rows[1].subject_id).update(state="restricted")
    html = hr.post(refuse(vacancy), {**TEXT, "pick": [str(row.pk) for row in rows]}).content.decode()
    assert re.findall(r'data-told="([\w-]+)"', html) == [str(rows[2].pk)]
    assert "Søker 0" in html and "Søker 1" not in html and str(rows[1].pk)[:4].upper() in html


def test_a_list_that_changed_is_shown_anew(hr, hr_user, vacancy, rows):
    form = {**TEXT, "steps": ["new"]}
    html = hr.post(refuse(vacancy), form).content.decode()
    actions.move_application(rows[0], to="interview_1", by=hr_user, reason="")
    response = hr.post(refuse(vacancy), {**form, "shown": digest_in(html)})
    assert response.status_code == 409 and not BulkRefusal.objects.exists()
    fresh = response.content.decode()
    assert len(letters_in(fresh)) == 2 and digest_in(fresh) != digest_in(html)
    assert hr.post(refuse(vacancy), {**form, "shown": digest_in(fresh)}).status_code == 302


@pytest.mark.parametrize(
    "form",
    [
        {**TEXT},
        {**TEXT, "steps": ["offer_made"]},
        {**TEXT, "steps": ["new"], "reason_nb": ""},
        {**TEXT, "steps": ["new"], "reason_nb": "Fødselsnummer 01010750160"},
        {**TEXT, "steps": ["new"], "words_nb": "x" * 801},
    ],
)
def test_what_is_wrong_is_said_in_the_form(hr, vacancy, rows, form):
    response = hr.post(refuse(vacancy), form)
    assert response.status_code == 200 and response.context["form"].errors
    assert 'name="shown"' not in response.content.decode()


def test_each_language_on_the_list_is_asked_for(hr, vacancy, rows):
    factories.submit(vacancy, name="Somebody", cv=None, language="en")
    response = hr.post(refuse(vacancy), {**TEXT, "steps": ["new"]})
    assert list(response.context["form"].errors) == ["reason_en"]
    html = hr.post(refuse(vacancy), {**TEXT, "reason_en": "Others.", "steps": ["new"]}).content.decode()
    assert sum("Hello," in text for _to, _title, text in letters_in(html)) == 1 and html.count("<pre data-text>") == 4


def test_nobody_left_to_refuse_and_going_back(hr, vacancy):
    html = hr.post(refuse(vacancy), {**TEXT, "steps": ["new"]}).content.decode()
    assert 'name="shown"' not in html
    html = hr.post(refuse(vacancy), {**TEXT, "steps": ["new"], "edit": "1"}).content.decode()
    assert "Andre hadde fagbrev." in html


def test_progress_names_whoever_was_left_out_and_hides_who_must_be_hidden(hr, hr_user, vacancy, rows):
    texts = {"nb": actions.Text("Andre hadde fagbrev.")}
    shown = actions.plan_refusal(vacancy.reference, texts=texts, steps=["new"]).digest
    order = actions.order_refusal(Hiring.objects.of(vacancy), texts=texts, shown=shown, by=hr_user, steps=["new"])
    actions.move_application(rows[0], to="interview_1", by=hr_user, reason="")
    DataSubject.objects.filter(pk=rows[1].subject_id).update(state="restricted")
    Application.objects.filter(pk=rows[2].pk).delete()
    actions.carry_out_refusal(order.pk)
    html = hr.get(reverse("careers_refusal", args=[vacancy.reference, order.pk])).content.decode()
    assert "Søker 0" in html and "Søker 1" not in html and str(rows[1].pk)[:4].upper() in html
    assert "1 applicat" in html or "1 søknad" in html


def test_another_vacancys_order_is_not_found(hr, hr_user, vacancy, rows):
    texts = {"nb": actions.Text("Andre hadde fagbrev.")}
    shown = actions.plan_refusal(vacancy.reference, texts=texts, steps=["new"]).digest
    order = actions.order_refusal(Hiring.objects.of(vacancy), texts=texts, shown=shown, by=hr_user, steps=["new"])
    other = factories.make_vacancy()
    assert hr.get(reverse("careers_refusal", args=[vacancy.reference, order.pk])).status_code == 200
    assert hr.get(reverse("careers_refusal", args=[other.reference, order.pk])).status_code == 404
    assert hr.get(reverse("careers_refusal", args=[vacancy.reference, uuid.uuid4()])).status_code == 404


def test_a_hiring_leader_refuses_nobody(client, vacancy, rows):
    leader = factories.make_staff(actions.HIRING_LEADERS)
    factories.share(vacancy, leader)
    factories.sign_in(client, leader)
    for answer in (client.get(refuse(vacancy)), client.post(refuse(vacancy), {**TEXT, "steps": ["new"], "shown": "x"})):
        assert answer.status_code == 403
    assert not BulkRefusal.objects.exists()
