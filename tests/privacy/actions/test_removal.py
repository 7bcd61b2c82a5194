"""Set by set where one statement is enough, and Django's own way where a row might be left behind."""

from privacy.actions.removal import Removal
from privacy.registry import declaration_of
from privacy.unheld import Screen
from tests.toy.models import Booking, Guest, Meal


def test_what_nobody_looked_for_below_a_class_still_goes_with_it(kari, ola):
    """A class that cascades and is not among the steps: one statement would leave its rows behind, pointing nowhere."""
    screen, booking = Screen(declaration_of(Guest)), declaration_of(Booking)
    assert booking in Removal(screen)._plain
    screen.below = [(each, path) for each, path in screen.below if each.model is not Meal]
    removal = Removal(screen)
    assert booking not in removal._plain
    removal.remove([kari.guest.pk])
    assert (Guest.objects.get(), Booking.objects.get(), Meal.objects.get()) == (ola.guest, ola.booking, ola.meal)
