"""Wagtail's user screens show staff only, and write through the acts (T02, T03)."""

import pytest
from django.contrib.auth.models import Group, Permission

from cn_portal.accounts import actions
from cn_portal.accounts.models import AccountSession, AddressTaken, User
from privacy.models import TrailEntry


@pytest.fixture
def boss(db):
    return User.objects.create_superuser("boss@cn.example", "en lang setning om sandblåsing", first_name="Bo")


@pytest.fixture
def clerk(seller):
    """May manage users, is no administrator."""
    names = ["add_user", "change_user", "delete_user", "view_user", "access_admin"]
    seller.user_permissions.set(Permission.objects.filter(codename__in=names))
    return seller


@pytest.fixture
def sales(db):
    return Group.objects.create(name="Sales")


NEW = "/admin/users/new/"


def filled(**changes):
    return {"email": "ny@cn.example", "first_name": "Ny", "last_name": "Kollega", "is_active": "on", **changes}


def test_the_list_shows_staff_and_no_customer(boss, kari, clerk, verified):
    page = verified(boss).get("/admin/users/").content.decode()
    assert clerk.email in page and boss.email in page
    assert kari.email not in page


def test_searching_finds_no_customer(boss, kari, verified):
    client = verified(boss)
    assert boss.email in client.get("/admin/users/?q=boss").content.decode()
    assert kari.email not in client.get("/admin/users/?q=kari").content.decode()
    assert kari.email not in client.get("/admin/users/results/?q=kari").content.decode()


@pytest.mark.parametrize("screen", ["edit", "delete", "history", "usage"])
def test_pages_of_a_customer_are_not_found(boss, kari, verified, screen):
    client = verified(boss)
    for method in (client.get, client.post):
        assert method(f"/admin/users/{screen}/{kari.pk}/").status_code == 404
    assert User.objects.filter(pk=kari.pk).exists()


def test_nobody_is_deleted_here(boss, clerk, verified):
    client = verified(boss)
    assert client.post(f"/admin/users/delete/{clerk.pk}/").status_code == 404
    assert User.objects.filter(pk=clerk.pk).exists()


@pytest.mark.parametrize("act", ["delete", "assign_role", "set_active_state"])
def test_bulk_acts_do_not_exist(boss, kari, verified, act):
    client = verified(boss)
    answer = client.post(f"/admin/bulk/accounts/user/{act}/?id={kari.pk}", {"mark_as_active": "False"})
    assert answer.status_code == 404
    kari.refresh_from_db()
    assert kari.is_active


def test_a_new_colleague_is_staff_without_a_password(boss, sales, verified):
    answer = verified(boss).post(NEW, filled(groups=[sales.pk], is_superuser="on"))
    assert answer.status_code == 302
    made = User.objects.get(email="ny@cn.example")
    assert made.is_staff and made.is_superuser and not made.has_usable_password()
    assert list(made.groups.all()) == [sales] and made.subject.roles == ["staff"]
    assert TrailEntry.objects.get(action="account.staff_created").actor == boss.pk


def test_an_address_in_use_is_refused(boss, kari, verified):
    answer = verified(boss).post(NEW, filled(email="KARI@kunde.example"))
    assert answer.status_code == 200 and User.objects.filter(is_staff=True).count() == 1


def test_a_clerk_makes_no_administrators(clerk, verified):
    verified(clerk).post(NEW, filled(is_superuser="on"))
    assert not User.objects.get(email="ny@cn.example").is_superuser


def test_a_clerk_does_not_touch_administrators(clerk, boss, verified):
    client = verified(clerk)
    assert client.get(f"/admin/users/edit/{boss.pk}/").status_code in (302, 403)
    client.post(f"/admin/users/edit/{boss.pk}/", filled(first_name="Taken"))
    boss.refresh_from_db()
    assert boss.first_name == "Bo"


def test_a_clerk_does_not_change_their_own_groups(clerk, sales, verified):
    answer = verified(clerk).post(
        f"/admin/users/edit/{clerk.pk}/", filled(email=clerk.email, groups=[sales.pk], is_superuser="on")
    )
    assert answer.status_code == 302
    clerk.refresh_from_db()
    assert clerk.first_name == "Ny" and not clerk.groups.exists() and not clerk.is_superuser


def test_the_address_cannot_be_changed_by_a_colleague(boss, clerk, verified):
    verified(boss).post(f"/admin/users/edit/{clerk.pk}/", filled(email="mine@evil.example"))
    clerk.refresh_from_db()
    assert clerk.email == "seller@cn.example" and clerk.first_name == "Ny"


def test_fields_outside_the_form_do_not_change(boss, clerk, verified):
    extra = {
        "is_staff": "",
        "demo": "on",
        "password": "x",
        "password1": "y" * 20,
        "password2": "y" * 20,
        "language": "en",
    }
    before = User.objects.get(pk=clerk.pk)
    verified(boss).post(f"/admin/users/edit/{clerk.pk}/", filled(email=clerk.email, **extra))
    after = User.objects.get(pk=clerk.pk)
    assert after.first_name == "Ny"
    for name in ("is_staff", "demo", "password", "language", "subject_id", "is_superuser"):
        assert getattr(after, name) == getattr(before, name), name


def test_closing_an_account_ends_its_sessions(boss, clerk, verified, open_browser):
    theirs = open_browser()
    theirs.force_login(clerk, backend="cn_portal.accounts.backends.PasswordBackend")
    verified(boss).post(f"/admin/users/edit/{clerk.pk}/", {**filled(email=clerk.email), "is_active": ""})
    clerk.refresh_from_db()
    assert not clerk.is_active and not AccountSession.objects.filter(user=clerk).exists()
    row = TrailEntry.objects.get(action="account.staff_changed")
    assert row.field_names == ["first_name", "is_active", "last_name"] and row.actor == boss.pk


def test_history_of_a_colleague_opens(boss, clerk, verified):
    assert verified(boss).get(f"/admin/users/history/{clerk.pk}/").status_code == 200


class TestActs:
    """create_staff and change_staff by themselves."""

    def test_groups_by_name_or_row(self, sales):
        other = Group.objects.create(name="Other")
        made = actions.create_staff(
            "a@cn.example", first_name="A", last_name="B", groups=["Sales", other], by=None, demo=True
        )
        assert set(made.groups.all()) == {sales, other} and made.demo

    def test_an_address_in_use_is_refused(self, kari):
        with pytest.raises(AddressTaken):
            actions.create_staff(kari.email, first_name="A", last_name="B", groups=[], by=None)

    def test_nothing_changed_writes_nothing(self, seller, sales):
        assert actions.change_staff(seller, changes={"first_name": seller.first_name}, groups=[], by=None) == []
        assert not TrailEntry.objects.filter(action="account.staff_changed").exists()

    def test_a_new_name_keeps_sessions_a_new_group_ends_them(self, seller, sales):
        session = {"session_key": "s", "user": seller, "expire_date": "2099-01-01T00:00Z"}
        AccountSession.objects.create(**session)
        assert actions.change_staff(seller, changes={"first_name": "X", "email": "x@y.example"}, by=None) == [
            "first_name"
        ]
        assert AccountSession.objects.count() == 1
        assert actions.change_staff(seller, changes={}, groups=[sales], by=None) == ["groups"]
        assert AccountSession.objects.count() == 0
        seller.refresh_from_db()
        assert seller.email == "seller@cn.example"
