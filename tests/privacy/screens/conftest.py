"""People with a page of their own, a browser they are signed in with, and rows that belong to them."""

from io import BytesIO

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from cn_portal.accounts.models import TotpDevice
from privacy import actions
from privacy.actions.roles import OFFICE, ensure_roles
from privacy.actions.subjects import STEP_UP_KEY
from privacy.models import Recipient
from privacy.rules.deadlines import oslo_date

BACKEND = "cn_portal.accounts.backends.PasswordBackend"


@pytest.fixture
def make_person(db):
    """A signed-up person whose account and file name hold the given canary."""

    def make(canary, *, language="nb", **fields):
        email = f"{canary.lower()}@kunde.example"
        user = get_user_model().objects.create_user(
            email, first_name=canary, language=language, verified=True, **fields
        )
        actions.store_file(
            user.subject, stream=BytesIO(b"plain"), display_name=f"{canary}.txt", media_type="text/plain", by=user
        )
        return user

    return make


@pytest.fixture
def kari(make_person):
    return make_person("Karikanari")


@pytest.fixture
def ola(make_person):
    return make_person("Olakanari")


def browser(user, *, confirmed=True, language="nb", **options):
    """A client that is signed in, with a fresh proof of who sits there unless told otherwise."""
    client = Client(**options)
    client.force_login(user, backend=BACKEND)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    session = client.session
    session.pop(STEP_UP_KEY, None)
    if confirmed:
        session[STEP_UP_KEY] = timezone.now().timestamp()
    session.save()
    return client


@pytest.fixture
def sign_in():
    return browser


@pytest.fixture
def enter(sign_in):
    """A browser in which a colleague has shown the second factor."""

    def start(user, **options):
        device, new = TotpDevice.objects.get_or_create(user=user, name="app", confirmed=True)
        if new:
            device.seed = "00" * 20
            device.save()
        client = sign_in(user, **{"language": "en", **options})
        session = client.session
        session["otp_device_id"] = device.persistent_id
        session.save()
        return client

    return start


@pytest.fixture
def officer(make_person):
    """A colleague of the privacy office."""
    user = make_person("Vernkanari", is_staff=True)
    user.groups.add(ensure_roles()[OFFICE])
    return user


@pytest.fixture
def outsider(make_person):
    """A colleague with a desk in the staff pages, and no right of the privacy office."""
    user = make_person("Selgerkanari", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.fixture
def bring(db):
    """A partner who may receive a name and an e-mail address for what the accounts are for."""
    return Recipient.objects.create(
        code="postbud",
        name="Postbudet AS",
        state="active",
        activities=["accounts"],
        allowed_fields=["first_name", "email"],
    )


@pytest.fixture
def agree(db):
    """Gives a consent of a person to a purpose, in a wording that is stored first."""

    def give(user, purpose="newsletter-test", about="", language="nb"):
        text = actions.publish_text(
            purpose=purpose,
            language=language,
            wording="Ja, dere kan bruke dette.",
            how_to_withdraw="Trekk det på siden din.",
            valid_months=12,
            by=None,
        )
        return actions.give_consent(user.subject, text=text, method="form", by=user, about=about)

    return give


@pytest.fixture
def today():
    return oslo_date(timezone.now())
