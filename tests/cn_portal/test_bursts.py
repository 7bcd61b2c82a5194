"""A burst of forms from one place gets 429 and a way to say that it is wrong; nobody else is stopped (N23, N24)."""

import re

import pytest
from django.core.cache import cache

from tests.cn_portal.accounts.conftest import type_password


def without_token(answer):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.MOST_POSTS_A_MINUTE = 3
    cache.clear()
    yield
    cache.clear()


def post(client, **more):
    return client.post("/privacy/request/", {"email": "no address"}, **more)


def test_a_burst_of_form_posts_gets_429_and_says_how_to_contest(client, db):
    assert [post(client).status_code for _ in range(3)] == [422] * 3
    stopped = post(client)
    assert stopped.status_code == 429 and stopped["Retry-After"] == "60"
    assert "no-store" in stopped["Cache-Control"]
    page = stopped.content.decode()
    assert "mailto:" in page and ("Skriv til" in page or "Write to" in page)
    assert "no address" not in page


def test_a_neighbour_and_whoever_only_reads_are_not_stopped(client, db):
    for _ in range(4):
        post(client)
    assert post(client).status_code == 429
    assert post(client, REMOTE_ADDR="203.0.113.9").status_code == 422
    assert client.get("/privacy/request/").status_code == 200
    assert post(client, REMOTE_ADDR="").status_code == 422


def test_who_is_signed_in_is_not_counted(client, django_user_model, db):
    user = django_user_model.objects.create_user("kari@kunde.example", None, verified=True)
    client.force_login(user, backend="cn_portal.accounts.backends.PasswordBackend")
    assert [post(client).status_code for _ in range(5)] == [422] * 5


def test_ten_wrong_sign_ins_are_throttled_and_known_and_unknown_look_the_same(client, django_user_model, settings, db):
    settings.MOST_POSTS_A_MINUTE = 1000
    django_user_model.objects.create_user("kari@kunde.example", "right-horse-battery", verified=True)
    known = [type_password(client, "kari@kunde.example", "wrong") for _ in range(10)]
    cache.clear()
    unknown = [type_password(client, "ingen@kunde.example", "wrong") for _ in range(10)]
    codes = [answer.status_code for answer in known]
    assert codes == [answer.status_code for answer in unknown] and codes[0] == 200 and codes[-1] == 429
    assert without_token(known[-1]) == without_token(unknown[-1])
