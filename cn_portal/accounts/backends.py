"""The two ways to prove an address is yours: its password, or a code mailed to it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend, ModelBackend

from cn_portal.accounts import actions, browser_cookie
from cn_portal.accounts.models import normalise_email


class PasswordBackend(ModelBackend):
    """E-mail and password. An unknown address costs the same hashing as a known one."""

    def authenticate(self, request, email=None, password=None):
        return super().authenticate(request, username=email, password=password)


class EmailCodeBackend(BaseBackend):
    """E-mail and the code mailed to it, typed in the browser that asked. A code works once."""

    def authenticate(self, request, email=None, code=None, purpose="sign_in"):
        if request is None or not email or not code:
            return None
        browser = browser_cookie.read(request)
        if not actions.redeem_code(email, code=code, browser=browser, purpose=purpose):
            return None
        return self._active(email)

    def get_user(self, user_id):
        return get_user_model().objects.filter(pk=user_id, is_active=True).first()

    def _active(self, email):
        return get_user_model().objects.filter(email=normalise_email(email), is_active=True).first()
