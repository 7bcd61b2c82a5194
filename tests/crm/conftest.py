"""Staff of the sales side, signed in with their second factor."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from cn_portal.accounts import actions as accounts
from cn_portal.accounts.models import TotpDevice
from crm import actions

BACKEND = "cn_portal.accounts.backends.PasswordBackend"


@pytest.fixture
def staff(db):
    """`staff("Sellers")` is a member of staff in these groups; without a group they may only enter."""
    actions.ensure_roles()
    plain, _created = Group.objects.get_or_create(name="Only inside")
    plain.permissions.set(Permission.objects.filter(codename="access_admin"))
    made = []

    def make(*groups):
        email = f"staff{len(made)}@cn.example"
        facts = {"first_name": "Siv", "last_name": "Selger", "language": "en"}
        user = accounts.create_staff(email, groups=groups or [plain], by=None, **facts)
        made.append(user)
        return user

    return make


@pytest.fixture
def signed_in():
    """A browser in which this user has shown the second factor; `factor=False` for one who has not."""

    def sign_in(user, *, factor=True):
        client = Client()
        client.force_login(user, backend=BACKEND)
        if factor:
            session = client.session
            session["otp_device_id"] = _device(user).persistent_id
            session.save()
        return client

    return sign_in


def _device(user):
    waiting = accounts.begin_factor(user, by=user)
    TotpDevice.objects.filter(pk=waiting.pk).update(confirmed=True)
    return waiting


@pytest.fixture
def seller(staff):
    return staff("Sellers")


@pytest.fixture
def leader(staff):
    return staff("Sales leaders")


@pytest.fixture
def as_seller(signed_in, seller):
    return signed_in(seller)


@pytest.fixture
def as_leader(signed_in, leader):
    return signed_in(leader)
