"""The menu "Customers" of the staff pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup

from crm.screens import choosers, home
from crm.screens.contacts import ContactViewSet
from crm.screens.deliveries import DeliveryViewSet
from crm.screens.interactions import InteractionViewSet
from crm.screens.invoices import InvoiceViewSet
from crm.screens.orders import OrderViewSet
from crm.screens.organisations import OrganisationViewSet


class CustomersGroup(ModelViewSetGroup):
    menu_label = _("Customers")
    menu_icon = "group"
    menu_order = 100
    items = (OrganisationViewSet, ContactViewSet, InteractionViewSet, OrderViewSet, DeliveryViewSet, InvoiceViewSet)


@hooks.register("register_admin_viewset")
def customers():
    return [CustomersGroup(), choosers.organisations, choosers.contacts, choosers.orders]


hooks.register("construct_homepage_panels", home.add_panels)
