"""Conversations in the staff pages."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column

from crm import actions
from crm.models import Interaction
from crm.screens import choosers
from crm.screens.fields import ERASURE_ORDERED, PickField
from privacy.screens.scoping import ScopedModelViewSet


class InteractionEditForm(WagtailAdminModelForm):
    organisation = PickField(choosers.organisations, label=_("Organisation"), required=False)

    class Meta:
        model = Interaction
        fields = ["kind", "happened_on", "organisation", "product", "text"]


class InteractionAddForm(InteractionEditForm):
    contact = PickField(choosers.contacts, label=_("Contact"))

    class Meta(InteractionEditForm.Meta):
        fields = ["contact", *InteractionEditForm.Meta.fields]


def said_with(interaction) -> str:
    """What one conversation is called: its kind and with whom."""
    return f"{capfirst(interaction.get_kind_display())}: {interaction.contact.full_name}"


class InteractionViewSet(ScopedModelViewSet):
    model = Interaction
    icon = "comment"
    heading = staticmethod(said_with)
    add_form_class = InteractionAddForm
    edit_form_class = InteractionEditForm
    inspect_view_fields = ["kind", "happened_on", "organisation", "product", "text"]
    # What was said is sealed and never listed: it is read on the page of the conversation or of the person.
    list_display = [
        Column("contact", label=_("Contact"), accessor="contact.full_name"),
        "kind",
        "happened_on",
        "product",
        Column("author", label=_("By"), accessor="author.get_full_name"),
    ]
    list_filter = ["kind", "happened_on"]
    list_select_related = ("contact", "author")
    refusals = (actions.Refused,)
    viewed = "interaction.viewed"

    def create(self, form, *, by):
        facts = dict(form.cleaned_data)
        return actions.record_interaction(facts.pop("contact"), **facts, by=by)

    def change(self, row, form, *, by):
        return actions.update_interaction(row, changes=form.cleaned_data, by=by)

    def remove(self, row, *, by):
        actions.delete_interaction(row, by=by)
        return ERASURE_ORDERED
