"""What can be done on the customer side: one function, one act."""

from crm.actions.carriers import ensure_carriers
from crm.actions.contacts import (
    add_employment,
    create_contact,
    delete_contact,
    inform_contact,
    invite_contact,
    leave_company,
    update_contact,
)
from crm.actions.deliveries import (
    book_delivery,
    confirm_delivered,
    consignment,
    delete_delivery,
    plan_delivery,
    update_delivery,
)
from crm.actions.interactions import delete_interaction, record_enquiry, record_interaction, update_interaction
from crm.actions.invoices import credit_invoice, issue_invoice
from crm.actions.orders import move_order, next_states, place_order, update_order
from crm.actions.organisations import create_organisation, delete_organisation, update_organisation
from crm.actions.refusal import Refused
from crm.actions.roles import ensure_roles

__all__ = [
    "Refused",
    "add_employment",
    "book_delivery",
    "confirm_delivered",
    "consignment",
    "create_contact",
    "create_organisation",
    "credit_invoice",
    "delete_contact",
    "delete_delivery",
    "delete_interaction",
    "delete_organisation",
    "ensure_carriers",
    "ensure_roles",
    "inform_contact",
    "invite_contact",
    "issue_invoice",
    "leave_company",
    "move_order",
    "next_states",
    "place_order",
    "plan_delivery",
    "record_enquiry",
    "record_interaction",
    "update_contact",
    "update_delivery",
    "update_interaction",
    "update_order",
    "update_organisation",
]
