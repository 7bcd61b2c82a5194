"""What careers does when Wagtail says that a page became public, by a press or by the clock."""

from django.dispatch import receiver
from wagtail.signals import page_published

from careers import actions
from careers.models import VacancyPage


@receiver(page_published, sender=VacancyPage)
def share_facts(sender, instance, revision=None, **kwargs):
    """The other languages of the vacancy follow, in the name of whoever wrote the version that was published."""
    # Wagtail says the same of a page that is to go live on a later day: then it is said again on that day.
    if instance.live:
        actions.share_facts(instance, by=getattr(revision, "user", None))
