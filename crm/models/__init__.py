"""What the customer side keeps."""

from crm.models.contact import Contact, Employment
from crm.models.delivery import Delivery
from crm.models.interaction import Interaction
from crm.models.invoice import Invoice, InvoiceLocked
from crm.models.order import Order, OrderLine
from crm.models.organisation import Organisation
from crm.models.series import NumberSeries

__all__ = [
    "Contact",
    "Delivery",
    "Employment",
    "Interaction",
    "Invoice",
    "InvoiceLocked",
    "NumberSeries",
    "Order",
    "OrderLine",
    "Organisation",
]
