"""Every announced sign-in works: the password, for staff the printed code too, and then their page."""

import json
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from cn_portal.sign_ins import SIGN_INS


def sign_in(email):
    client = Client()
    said = {"email": email, "password": settings.DEMO_PASSWORD, "way": "password"}
    return client, client.post("/account/sign-in/", said)


def demo_code(email):
    out = StringIO()
    call_command("demo_code", email, "--format", "json", stdout=out)
    return json.loads(out.getvalue())["code"]


def test_staff_come_in_with_the_second_factor_and_not_without(small_company):
    for email in [address for address, _who, staff in SIGN_INS if staff]:
        client, answer = sign_in(email)
        assert answer.url.startswith("/account/second-factor/"), email
        assert client.get("/admin/").status_code == 302, email
        client.post("/account/second-factor/", {"token": demo_code(email)})
        assert client.get("/admin/").status_code == 200, email


def test_customer_and_applicant_come_in_with_the_password(small_company):
    for email, page in (("customer@kunde.example", "/my-data/"), ("applicant@soker.example", "/applications/")):
        client, answer = sign_in(email)
        assert answer.status_code == 302
        assert client.get(page).status_code == 200, email
        assert client.get("/admin/").status_code == 403
