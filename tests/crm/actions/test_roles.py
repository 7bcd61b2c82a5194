import pytest
from django.contrib.auth.models import Permission

from crm import actions

pytestmark = pytest.mark.django_db


def rights(group):
    pairs = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{code}" for app, code in pairs}


def test_sellers_work_leaders_also_delete_and_invoice_and_neither_reaches_careers():
    groups = actions.ensure_roles()
    sellers, leaders = rights(groups["Sellers"]), rights(groups["Sales leaders"])
    assert sellers < leaders
    assert leaders - sellers == {
        "crm.delete_organisation",
        "crm.delete_contact",
        "crm.delete_interaction",
        "crm.delete_delivery",
        "crm.add_invoice",
    }
    assert "wagtailadmin.access_admin" in sellers and "crm.view_invoice" in sellers
    assert not any(right.startswith("careers.") for right in leaders)
    assert not {"crm.change_invoice", "crm.delete_invoice"} & leaders


def test_a_right_given_by_hand_is_taken_back_by_the_next_call():
    group = actions.ensure_roles()["Sellers"]
    before = rights(group)
    group.permissions.add(Permission.objects.get(codename="delete_contact"))
    actions.ensure_roles()
    assert rights(group) == before
