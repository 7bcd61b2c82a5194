"""People with accounts, and the ways a test gets hold of a code."""

import pytest
from django.test import Client

from cn_portal.accounts import actions
from cn_portal.accounts.models import TotpDevice, User
from privacy.actions.mail import open_mail
from privacy.models import OutgoingMail

PASSWORD = "en lang setning om sandblåsing"
HERE = "203.0.113.7"
THERE = "198.51.100.9"


@pytest.fixture
def kari(db):
    return User.objects.create_user("kari@kunde.example", PASSWORD, language="nb", verified=True)


@pytest.fixture
def ola(db):
    return User.objects.create_user("ola@kunde.example", PASSWORD, language="en", verified=True)


@pytest.fixture
def seller(db):
    """A colleague without a second factor yet."""
    return actions.create_staff(
        "seller@cn.example", first_name="Siv", last_name="Selger", groups=[], password=PASSWORD, by=None
    )


@pytest.fixture
def app_of():
    """Sets up an authenticator app for a user and returns it; `codes` on it are the recovery codes."""

    def set_up(user):
        waiting = actions.begin_factor(user, by=user)
        codes = actions.confirm_factor(user, token=token_of(waiting), by=user)
        device = TotpDevice.objects.get(user=user, confirmed=True)
        # The step used for the set-up counts as used; a test starts with a fresh one.
        TotpDevice.objects.filter(pk=device.pk).update(last_t=-1)
        device.refresh_from_db()
        device.codes = codes
        return device

    return set_up


def token_of(device, step=0):
    totp = device.totp(drift=step)
    return f"{totp.token():06d}"


@pytest.fixture
def open_browser():
    """A browser with its own cookies, at its own network address."""

    def start(ip=HERE, **headers):
        return Client(REMOTE_ADDR=ip, HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", **headers)

    return start


@pytest.fixture
def verified(open_browser, app_of):
    """A browser in which this user is signed in with the second factor."""

    def sign_in(user):
        device = app_of(user)
        client = open_browser()
        client.force_login(user, backend="cn_portal.accounts.backends.PasswordBackend")
        session = client.session
        session["otp_device_id"] = device.persistent_id
        session.save()
        return client

    return sign_in


def mails(template=None):
    """Waiting mails as (address, context), oldest first."""
    waiting = OutgoingMail.objects.filter(state="queued").order_by("queued_at")
    return [open_mail(mail) for mail in waiting if template is None or mail.template.endswith(template)]


def last_code(template="sign_in_code"):
    return mails(template)[-1][1]["code"]


def ask_for_code(client, email, **more):
    return client.post("/account/sign-in/", {"email": email, "way": "code", **more})


def type_code(client, email, code, **more):
    return client.post("/account/sign-in/code/", {"email": email, "code": code, **more})


def type_password(client, email, password=PASSWORD, **more):
    return client.post("/account/sign-in/", {"email": email, "password": password, "way": "password", **more})


def is_signed_in(client):
    return client.get("/account/security/").status_code == 200
