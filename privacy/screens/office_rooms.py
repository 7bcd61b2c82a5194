"""The rooms of the privacy office: where each is, who may enter, and its place in the menu.

A module under screens/ that has pages of the office exposes ``ROOMS`` (its entries in the menu) and ``addresses()``
(its paths below /admin/). The list of modules is here; Wagtail's hooks read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from django.urls import reverse
from wagtail.admin.menu import Menu, MenuItem

# In the order of the menu.
MODULES: tuple[str, ...] = (
    "office_retention",
    "office_statistics",
    "office_holds",
    "office_breaches",
    "office_find",
    "office_reads",
    "office_authorities",
    "office_deals",
    "office_notices",
    "office_recipients",
    "office_disclosures",
    "office_activities",
    "office_screenings",
    "office_trail",
)


@dataclass(frozen=True)
class Room:
    """One entry of the menu "Privacy": a lazy title, the name of its address, Wagtail's icon, the right to enter."""

    title: object
    address: str
    icon: str
    right: str


class RoomItem(MenuItem):
    """Shown to those who may enter."""

    def __init__(self, room: Room, order: int):
        name = f"privacy-room-{room.address}"
        super().__init__(room.title, reverse(room.address), name=name, icon_name=room.icon, order=order)
        self.right = room.right

    def is_shown(self, request):
        return request.user.has_perm(self.right)


def modules() -> list:
    """The modules that have rooms, in the order of the menu."""
    return [import_module(f"privacy.screens.{name}") for name in MODULES]


def rooms() -> list[Room]:
    """Every entry of every module."""
    return [room for module in modules() for room in module.ROOMS]


def addresses() -> list:
    """Every path of every module."""
    return [path for module in modules() for path in module.addresses()]


def menu(first: tuple[Room, ...]) -> Menu:
    """The submenu "Privacy": these rooms, then those of the modules. Called when addresses are known."""
    return Menu(items=[RoomItem(room, order) for order, room in enumerate((*first, *rooms()), start=1)])
