"""The two backends, asked directly."""

import pytest

from cn_portal.accounts.backends import EmailCodeBackend, PasswordBackend
from cn_portal.accounts.models import User

from .conftest import PASSWORD


@pytest.mark.parametrize("given", [{}, {"email": "kari@kunde.example"}, {"code": "33333333"}])
def test_a_code_needs_request_address_and_code(kari, rf, given):
    assert EmailCodeBackend().authenticate(rf.post("/"), **given) is None
    assert EmailCodeBackend().authenticate(None, email="kari@kunde.example", code="33333333") is None


def test_a_closed_account_is_nobody(kari, rf):
    assert EmailCodeBackend().get_user(kari.pk) == PasswordBackend().get_user(kari.pk) == kari
    User.objects.filter(pk=kari.pk).update(is_active=False)
    assert EmailCodeBackend().get_user(kari.pk) is None and PasswordBackend().get_user(kari.pk) is None
    assert PasswordBackend().authenticate(rf.post("/"), email=kari.email, password=PASSWORD) is None


def test_the_password_backend_finds_any_spelling(kari, rf):
    assert PasswordBackend().authenticate(rf.post("/"), email="KARI@kunde.example", password=PASSWORD) == kari
