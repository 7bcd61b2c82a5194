"""A customer side to test on, made by the acts themselves."""

from datetime import date
from decimal import Decimal
from itertools import count

from django.apps import apps

from crm import actions

DAY = date(2026, 3, 10)
_numbers = count(1)
BLASTER = {"product": "Blast pot 200 l", "quantity": 2, "unit_price": Decimal("18500.00")}
GRIT = {"product": "Steel grit G25", "quantity": 40, "unit_price": Decimal("249.50")}


def organisation(by=None, **facts):
    facts = {"name": f"Verft {next(_numbers)} AS", "visiting_address": "Kaiveien 1", "postcode": "5003"} | facts
    return actions.create_organisation(**{"city": "Bergen"} | facts, by=by)


def contact(by=None, **facts):
    number = next(_numbers)
    defaults = {
        "full_name": f"Åse Bjørnøy {number}",
        "email": f"ase{number}@kunde.example",
        "phone": "+4799999901",
        "title": "Verkstedleder",
        "ground": "customer_employee",
        "source_channel": "visit",
        "collected_on": DAY,
    }
    return actions.create_contact(**defaults | facts, by=by)


def order(by=None, **facts):
    defaults = {"lines": [BLASTER, GRIT], "ordered_on": DAY}
    if "organisation" not in facts:
        facts["organisation"] = organisation()
    if "contact" not in facts:
        facts["contact"] = contact()
    return actions.place_order(**defaults | facts, by=by)


def carrier(code="bring"):
    return apps.get_model("privacy", "Recipient").objects.get(code=code)


def delivery(by=None, placed=None, **facts):
    placed = placed or order()
    defaults = {
        "contact": placed.contact,
        "carrier": carrier(),
        "address_line_1": "Kaiveien 1",
        "postcode": "5003",
        "city": "Bergen",
    }
    return actions.plan_delivery(placed, **defaults | facts, by=by)
