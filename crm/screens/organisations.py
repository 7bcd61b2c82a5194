"""Organisations in the staff pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from crm import actions, queries, rules
from crm.models import Organisation
from crm.screens.fields import OrgNumberField
from privacy.screens.scoping import ScopedInspectView, ScopedModelViewSet


class OrganisationForm(WagtailAdminModelForm):
    org_number = OrgNumberField(
        label=_("Organisation number"), required=False, max_length=20, help_text=_("Nine digits; spaces are fine.")
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "org_number",
            "visiting_address",
            "postal_address",
            "postcode",
            "city",
            "country",
            "phone",
            "website",
        ]


class OrganisationPage(ScopedInspectView):
    template_name = "crm/admin/organisation.html"

    def get_context_data(self, **kwargs):
        people, orders = queries.people_at(self.object), queries.orders_of(self.object)
        return super().get_context_data(people=people, orders=orders, **kwargs)


class OrganisationViewSet(ScopedModelViewSet):
    model = Organisation
    icon = "home"
    form_class = OrganisationForm
    inspect_view_class = OrganisationPage
    inspect_view_fields = OrganisationForm.Meta.fields
    list_display = ["name", "org_number", "city"]
    search_fields = ("search",)
    prepare = staticmethod(rules.search_words)
    refusals = (actions.Refused,)

    def create(self, form, *, by):
        return actions.create_organisation(**form.cleaned_data, by=by)

    def change(self, row, form, *, by):
        return actions.update_organisation(row, changes=form.cleaned_data, by=by)

    def remove(self, row, *, by):
        actions.delete_organisation(row, by=by)
