"""Contacts in the staff pages: list, one person's page, and what can be done from there."""

from operator import attrgetter

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from crm import actions, queries, rules
from crm.models import Contact, Interaction
from crm.screens import choosers
from crm.screens.fields import ERASURE_ORDERED, DayField, PhoneField, PickField, StaffField
from privacy.screens.scoping import ScopedIndexView, ScopedInspectView, ScopedModelViewSet, ScopedRowView


class ContactForm(WagtailAdminModelForm):
    phone = PhoneField(label=_("Phone"), required=False, max_length=40)
    interest_lines = forms.CharField(
        label=_("Interests"), required=False, widget=forms.Textarea({"rows": 3}), help_text=_("One on each line.")
    )
    owner = StaffField(label=_("Looked after by"), required=False)

    class Meta:
        model = Contact
        fields = [
            "full_name",
            "email",
            "phone",
            "title",
            "language",
            "ground",
            "source_channel",
            "source_note",
            "collected_on",
            "owner",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["interest_lines"] = "\n".join(item["text"] for item in self.instance.interests)

    def clean_email(self):
        return rules.normalise_email(self.cleaned_data["email"])

    @property
    def facts(self) -> dict:
        """What the acts take."""
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return facts | {"interests": self.cleaned_data["interest_lines"].splitlines()}


class ContactList(ScopedIndexView):
    def get_base_queryset(self):
        return queries.contacts_listed(super().get_base_queryset())


class TalkForm(forms.Form):
    """One conversation, logged from the person's page."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[])
    happened_on = DayField(label=_("Day"))
    text = forms.CharField(label=_("What was said"), max_length=5000, widget=forms.Textarea({"rows": 4}))
    product = forms.CharField(label=_("Product"), required=False, max_length=120)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [c for c in Interaction.Kind.choices if c[0] != Interaction.Kind.ENQUIRY]


class EmploymentForm(forms.Form):
    organisation = PickField(choosers.organisations, label=_("Organisation"))
    role = forms.CharField(label=_("Role"), required=False, max_length=120)
    started_on = DayField(label=_("From"), required=False)


class LeaveForm(forms.Form):
    employment = forms.ModelChoiceField(queryset=None, label=_("Organisation"), empty_label=None)
    left_on = DayField(label=_("Left on"))

    def __init__(self, *args, contact, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["employment"]
        field.queryset = contact.employments.filter(ended_on__isnull=True).select_related("organisation")
        field.label_from_instance = lambda employment: employment.organisation.name


class ContactPage(ScopedInspectView):
    template_name = "crm/admin/contact.html"

    def get_interests_display_value(self):
        return ", ".join(item["text"] for item in self.object.interests)

    def get_context_data(self, **kwargs):
        page = queries.contact_page(self.object, day=timezone.localdate())
        talk = TalkForm(initial={"happened_on": timezone.localdate(), "kind": "call"})
        context = super().get_context_data(page=page, talk_form=talk, **kwargs)
        context["media"] = context.get("media", forms.Media()) + talk.media
        context["may_change"] = self.user_has_permission("change")
        context["talk_url"] = reverse("contact:talk", args=[self.object.pk])
        return context

    @property
    def header_buttons(self):
        if not self.user_has_permission("change"):
            return []
        return [HeaderButton(_("Log a conversation"), url=self.own_url("talk"), icon_name="comment")]

    @property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if self.user_has_permission("change"):
            own = (("employ", _("Add employer")), ("leave", _("Has left")), ("inform", _("Send information")))
            own += (("invite", _("Invite to own page")),)
            buttons += [Button(label, url=self.own_url(name)) for name, label in own]
        return buttons

    def own_url(self, name):
        return reverse(f"contact:{name}", args=[self.object.pk])


class Talk(ScopedRowView):
    needs = "change"
    page_title = _("Log a conversation")
    form_class = TalkForm
    confirm_label = _("Log it")

    def get_initial(self):
        return {"happened_on": timezone.localdate(), "kind": "call"}

    def act(self, form):
        actions.record_interaction(self.row, **form.cleaned_data, by=self.request.user)
        return _("Logged.")


class Employ(ScopedRowView):
    needs = "change"
    page_title = _("Add employer")
    form_class = EmploymentForm
    confirm_label = _("Add")

    def act(self, form):
        actions.add_employment(self.row, **form.cleaned_data, by=self.request.user)
        return _("Added.")


class Leave(ScopedRowView):
    needs = "change"
    page_title = _("Has left")
    lead = _("When this was the last employer we know, the contact is erased 90 days after that day.")
    confirm_label = _("Has left")

    def get_form(self):
        data = self.request.POST if self.request.method == "POST" else None
        return LeaveForm(data, contact=self.row, initial={"left_on": timezone.localdate()})

    def act(self, form):
        actions.leave_company(
            form.cleaned_data["employment"], left_on=form.cleaned_data["left_on"], by=self.request.user
        )
        return _("Noted.")


class Inform(ScopedRowView):
    needs = "change"
    page_title = _("Send information")
    lead = _("A mail tells the person what we hold, where we got it, and how to say no.")
    confirm_label = _("Send it")

    def facts(self):
        return [(_("To"), self.row.email or "–")]

    def act(self, form):
        actions.inform_contact(self.row, by=self.request.user)
        return _("The mail is on its way.")


class Invite(Inform):
    page_title = _("Invite to own page")
    lead = _("The person gets a page with everything we hold, and a mail that tells how to sign in.")
    confirm_label = _("Invite")

    def act(self, form):
        actions.invite_contact(self.row, by=self.request.user)
        return _("The invitation is on its way.")


class ContactViewSet(ScopedModelViewSet):
    model = Contact
    icon = "user"
    heading = staticmethod(attrgetter("full_name"))
    form_class = ContactForm
    index_view_class = ContactList
    inspect_view_class = ContactPage
    inspect_view_fields = [
        "full_name",
        "title",
        "email",
        "phone",
        "language",
        "interests",
        "ground",
        "source_channel",
        "source_note",
        "collected_on",
        "last_dealt_with_on",
        "left_company_on",
        "informed_on",
    ]
    list_display = [
        "full_name",
        Column("employer", label=_("Organisation"), accessor=queries.employer_of),
        "ground",
        "last_dealt_with_on",
    ]
    list_filter = ["ground", "language"]
    search_fields = ("search",)
    prepare = staticmethod(rules.search_words)
    refusals = (actions.Refused,)
    viewed = "contact.viewed"
    own_views = {"talk": Talk, "employ": Employ, "leave": Leave, "inform": Inform, "invite": Invite}

    def create(self, form, *, by):
        return actions.create_contact(**form.facts, by=by)

    def change(self, row, form, *, by):
        return actions.update_contact(row, changes=form.facts, by=by)

    def remove(self, row, *, by):
        actions.delete_contact(row, by=by)
        return ERASURE_ORDERED
