from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from django.views.defaults import bad_request, permission_denied, server_error


def test_a_missing_page_says_so_in_the_language_of_its_address(client, site):
    nb, en = client.get("/nb/nowhere/"), client.get("/en/nowhere/")
    assert nb.status_code == en.status_code == 404
    assert "Her er det ingen side" in nb.content.decode() and "There is no page here" in en.content.decode()
    assert 'href="/nb/personvern/"' in nb.content.decode()


@pytest.mark.parametrize(
    ("view", "status", "words"), [(bad_request, 400, "Det forsto vi ikke"), (permission_denied, 403, "ikke tilgang")]
)
def test_the_other_pages_render_without_a_site(db, view, status, words):
    with override("nb"):
        response = view(RequestFactory().get("/"), Exception())
    assert response.status_code == status and words in response.content.decode()


def test_what_is_gone_may_say_what_it_was(db):
    request = RequestFactory().get("/")
    with override("en"):
        plain = render_to_string("410.html", {}, request=request)
        told = render_to_string(
            "410.html",
            {"what": "The job is taken.", "next_url": "/en/jobs/", "next_label": "Other jobs"},
            request=request,
        )
    assert "removed for good" in plain
    assert "The job is taken." in told and 'href="/en/jobs/">Other jobs' in told and "removed for good" not in told


def test_the_last_page_needs_neither_database_nor_templates_of_ours():
    html = server_error(RequestFactory().get("/")).content.decode()
    assert "Noe gikk galt hos oss" in html and "Something went wrong on our side" in html
    source = Path(get_template("500.html").origin.name).read_text(encoding="utf-8")
    assert "{%" not in source and "{{" not in source
    for line in source.splitlines():
        if 'rel="stylesheet"' in line:
            address = line.split('href="')[1].split('"')[0]
            assert address.startswith(settings.STATIC_URL) and finders.find(address.removeprefix(settings.STATIC_URL))


def test_the_confirm_page_gives_both_answers_the_same_weight(db):
    context = {"heading": "Erase", "confirm_label": "Erase it", "cancel_url": "/my-data/", "danger": True}
    with override("en"):
        html = render_to_string("confirm.html", context, request=RequestFactory().get("/"))
    assert '<button class="button even" type="submit">Erase it</button>' in html
    assert '<a class="button even" href="/my-data/">Go back, change nothing</a>' in html
    assert "cannot be undone" in html
