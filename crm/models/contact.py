"""A person we deal with, and where that person works or has worked."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm import rules
from privacy.fields import SealedTextField


def validate_phone(value: str) -> None:
    """Only the international form is stored; the forms turn what was typed into it."""
    try:
        right = rules.e164(value) == value
    except ValueError:
        right = False
    if not right:
        raise ValidationError(_("Write the number with country code, for example +47 22 00 00 00."), code="phone")


def validate_interests(value) -> None:
    """A list of {"text": …, "origin": said | staff | inferred}."""
    origins = {"said", "staff", "inferred"}
    if not isinstance(value, list) or any(
        not isinstance(item, dict) or set(item) != {"text", "origin"} or item["origin"] not in origins for item in value
    ):
        raise ValidationError(_("Each interest needs its words and where it came from."), code="interests")


class Contact(models.Model):
    """Contact details of one person (N4, N6) with how they came to us (N42). An address joins nobody (T31)."""

    class Ground(models.TextChoices):
        CUSTOMER_EMPLOYEE = "customer_employee", _("works for a customer")
        PROSPECT = "prospect", _("possible customer")
        SOLE_TRADER = "sole_trader", _("is the customer (sole trader)")
        ENQUIRY = "enquiry", _("wrote to us through the website")

    class Channel(models.TextChoices):
        PHONE = "phone", _("said on the phone")
        VISIT = "visit", _("said at a visit or meeting")
        MAIL = "mail", _("wrote by e-mail or post")
        WEB = "web", _("filled in on our website")
        FAIR = "fair", _("handed over at a trade fair")
        EMPLOYER = "employer", _("given by the employer")
        PARTNER = "partner", _("given by a partner")
        NETWORK = "network", _("read on a network such as LinkedIn")

    NOT_FROM_THE_PERSON = (Channel.EMPLOYER, Channel.PARTNER, Channel.NETWORK)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey("privacy.DataSubject", on_delete=models.PROTECT, related_name="contacts")
    full_name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = SealedTextField(_("phone"), owner="subject", blank=True, max_length=20, validators=[validate_phone])
    title = models.CharField(_("job title"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nb", "Norsk bokmål"), ("en", "English")], default="nb"
    )
    interests = models.JSONField(_("interests"), default=list, blank=True, validators=[validate_interests])
    ground = models.CharField(_("why we hold this"), max_length=20, choices=Ground)
    source_channel = models.CharField(_("how we got it"), max_length=12, choices=Channel)
    source_note = models.CharField(
        _("more about how"), max_length=200, blank=True, help_text=_("Who gave it, or the address of the page.")
    )
    collected_on = models.DateField(_("got it on"))
    collected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    informed_on = models.DateField(_("told about it on"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("looked after by"),
    )
    last_dealt_with_on = models.DateField(_("last dealt with"))
    left_company_on = models.DateField(_("left the company on"), null=True, blank=True)
    # The 24 months are counted from here: the day above, an earlier one for who has left, or a later one while the
    # company deals with us, 42 months without own dealings at the most (T11).
    clock_starts_on = models.DateField(
        _("we last dealt with you, or with your company while you work there (42 months without you at the most)"),
        editable=False,
        db_index=True,
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    search = models.CharField(max_length=900, blank=True, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                # A stranger may type anybody's address into the form: enquiries stand beside the contact (T31).
                condition=~Q(email="") & ~Q(ground="enquiry"),
                name="crm_contact_email_once",
                violation_error_message=_("A contact with this e-mail address is already here."),
            ),
            models.CheckConstraint(
                condition=Q(ground__in=["customer_employee", "prospect", "sole_trader", "enquiry"]),
                name="crm_contact_ground_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    source_channel__in=["phone", "visit", "mail", "web", "fair", "employer", "partner", "network"]
                ),
                name="crm_contact_source_known",
            ),
            models.CheckConstraint(
                condition=~Q(source_channel="network") | ~Q(source_note=""), name="crm_contact_network_names_its_page"
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="crm_contact_has_a_name"),
        ]

    def __str__(self):
        return f"{_('Contact')} {str(self.pk)[:8]}"

    def save(self, *args, update_fields=None, **kwargs):
        self.search = rules.search_text(self.full_name, self.email, self.title)[:900]
        self.clock_starts_on = rules.contact_clock_start(self.last_dealt_with_on, self.left_company_on)
        if update_fields is not None:
            update_fields = {*update_fields, "search", "clock_starts_on"}
        is_new = self._state.adding
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            if not is_new:
                self._count_the_customer()

    def _count_the_customer(self):
        # Read after the row is locked by its own update: what is written about the company comes before or after it.
        working = self.employments.filter(ended_on__isnull=True)
        active_on = working.aggregate(newest=Max("organisation__active_on"))["newest"]
        start = rules.contact_clock_start(self.last_dealt_with_on, self.left_company_on, active_on)
        if start != self.clock_starts_on:
            self.clock_starts_on = start
            Contact.objects.filter(pk=self.pk).update(clock_starts_on=start)

    @property
    def information_due_on(self):
        """Last day to tell a person whose details came from somebody else (Art 14(3), one month); None when told."""
        if self.informed_on or self.source_channel not in self.NOT_FROM_THE_PERSON:
            return None
        return rules.add_months(self.collected_on, 1)


class Employment(models.Model):
    """A person at an organisation, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="employments")
    organisation = models.ForeignKey("crm.Organisation", on_delete=models.PROTECT, related_name="employments")
    role = models.CharField(_("role"), max_length=120, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="crm_employment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["contact", "organisation"],
                condition=Q(ended_on__isnull=True),
                name="crm_employment_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{_('Employment')} {str(self.pk)[:8]}"
