"""Addresses under /account/."""

from django.urls import path
from django.views.generic import RedirectView

from .screens import confirm, factor, security, sign_in

app_name = "accounts"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="accounts:security"), name="home"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="sign-in-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("second-factor/", factor.second_factor, name="second-factor"),
    path("second-factor/set-up/", factor.set_up, name="second-factor-set-up"),
    path("second-factor/recovery-codes/", factor.recovery_codes, name="recovery-codes"),
    path("second-factor/remove/", factor.remove, name="second-factor-remove"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("security/", security.security, name="security"),
    path("security/password/", security.password, name="password"),
    path("security/sessions/end/", security.end_session, name="end-session"),
    path("security/sessions/end-others/", security.sign_out_everywhere, name="sign-out-everywhere"),
    path("security/language/", security.language, name="language"),
]
