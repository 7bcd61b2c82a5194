"""One account: an e-mail address, perhaps a password, and the person it belongs to."""

import unicodedata
import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AddressTaken(Exception):
    """The address already belongs to another person's account."""


def normalise_email(value: str) -> str:
    """The one spelling under which an address is stored and looked up: stripped, NFKC, without upper case."""
    folded = unicodedata.normalize("NFKC", value or "").strip().casefold()
    # Folding can leave a form that composes further.
    return unicodedata.normalize("NFKC", folded)


class UserManager(BaseUserManager):
    """Makes accounts, and finds them by address in any spelling."""

    use_in_migrations = False

    def get_by_natural_key(self, username):
        return self.get(email=normalise_email(username))

    async def aget_by_natural_key(self, username):
        return await self.aget(email=normalise_email(username))

    @transaction.atomic
    def create_user(self, email, password=None, *, subject=None, language="nb", verified=False, **fields):
        """A new account. Without `subject`, a new person is made for it; `verified` says the mailbox has been proved.

        Without `password` the account can be entered by mailed code only. Raises `AddressTaken` for an address in use.
        """
        email = normalise_email(email)
        if not email:
            raise ValueError("An account needs an e-mail address.")
        if self.filter(email=email).exists():
            raise AddressTaken
        if subject is None:
            subject = _new_subject(email, language, fields.get("is_staff", False), verified)
        user = self.model(email=email, subject=subject, language=language, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """An account that may do everything; its second factor is set up at the first sign-in."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    @transaction.atomic
    def open_account(self, *, subject, email, language):
        """The account of `subject`, opened without a password when there is none yet.

        Calling it again for the same person and address returns the same account.
        Raises `AddressTaken` when the address, or the person, already has a different account.
        """
        email = normalise_email(email)
        there = self.filter(models.Q(email=email) | models.Q(subject=subject)).first()
        if there is None:
            return self.create_user(email, subject=subject, language=language)
        if there.email == email and there.subject_id == subject.pk:
            return there
        raise AddressTaken


def _new_subject(email, language, is_staff, verified):
    from privacy import actions

    role = "staff" if is_staff else "account"
    return actions.register_subject(role=role, language=language, email=email, verified=verified, by=None)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in: staff, customer or applicant. Reaches the person through `subject`."""

    class Language(models.TextChoices):
        NB = "nb", "Norsk bokmål"
        EN = "en", "English"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    subject = models.OneToOneField(
        "privacy.DataSubject", on_delete=models.PROTECT, related_name="account", verbose_name=_("person")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.NB)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("opened"), default=timezone.now)
    # The clock of an unused account starts here (N55): at opening, and again at each sign-in.
    active_at = models.DateTimeField(_("last signed in, or opened"), default=timezone.now)
    demo = models.BooleanField(_("demonstration account"), default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(fields=["email"], name="accounts_user_email_once"),
            # Holds for rows written past `save()` as well.
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message=_("There is already an account with this address."),
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="accounts_user_email_present"),
            models.CheckConstraint(condition=models.Q(language__in=["nb", "en"]), name="accounts_user_language_known"),
        ]

    def __str__(self):
        return f"User {str(self.pk)[:8]}"

    def clean(self):
        # The parent class lower-cases the domain only; the stored spelling is ours.
        self.email = normalise_email(self.email)

    def save(self, *args, **kwargs):
        self.email = normalise_email(self.email)
        super().save(*args, **kwargs)

    def get_full_name(self):
        """First and last name, or an empty string: never the address."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self):
        return self.first_name

    @property
    def may_enter_admin(self):
        """Whether this account may enter the staff pages at all, second factor aside."""
        return self.is_active and (self.is_staff or self.is_superuser)
