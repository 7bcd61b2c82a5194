"""What our acts, mails and reasons are called on a person's own page. Found by name at start-up."""

from django.utils.translation import gettext_lazy as _

from privacy import registry

registry.say(
    {
        "account.factor_added": _("an authenticator app was added"),
        "account.factor_removed": _("an authenticator app was removed"),
        "account.language_changed": _("the language was changed"),
        "account.password_changed": _("the password was changed"),
        "account.recovery_codes_renewed": _("new recovery codes were made"),
        "account.session_ended": _("a session was ended"),
        "account.signed_out_everywhere": _("signed out everywhere"),
        "account.staff_changed": _("a colleague's account was changed"),
        "account.staff_created": _("a colleague's account was made"),
        "accounts/mail/confirm_code": _("a code to confirm that it is you"),
        "accounts/mail/factor_changed": _("a notice that your authenticator app was changed"),
        "accounts/mail/password_changed": _("a notice that your password was changed"),
        "accounts/mail/sign_in_code": _("a code to sign in with"),
        "accounts/mail/signed_out_everywhere": _("a notice that you were signed out everywhere"),
    }
)
