"""Pick lists: organisations, contacts, orders."""

from django.utils.translation import gettext_lazy as _

from crm import rules
from crm.models import Contact, Order, Organisation
from privacy.screens.choosing import ScopedChooserViewSet


class OrganisationChooserViewSet(ScopedChooserViewSet):
    model = Organisation
    icon = "home"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    search_fields = ("search",)
    prepare = staticmethod(rules.search_words)


class ContactChooserViewSet(ScopedChooserViewSet):
    model = Contact
    icon = "user"
    choose_one_text = _("Choose a contact")
    choose_another_text = _("Choose another contact")
    search_fields = ("search",)
    prepare = staticmethod(rules.search_words)

    def display(self, row):
        return row.full_name


class OrderChooserViewSet(ScopedChooserViewSet):
    model = Order
    icon = "form"
    choose_one_text = _("Choose an order")
    choose_another_text = _("Choose another order")
    search_fields = ("number", "organisation__search")
    prepare = staticmethod(rules.search_words)


organisations = OrganisationChooserViewSet("crm_organisation_chooser")
contacts = ContactChooserViewSet("crm_contact_chooser")
orders = OrderChooserViewSet("crm_order_chooser")
