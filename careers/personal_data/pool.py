"""What the talent pool remembers of whom it wrote to (N32)."""

from django.utils.translation import gettext_lazy as _

from careers.models import PoolMail
from careers.personal_data.applications import KEY, TALENT_POOL
from privacy import registry
from privacy.declare import OBSERVED, Actor, Category, Field, KeepWith, PersonalData


@registry.holds(PoolMail)
class PoolMailData(PersonalData):
    title = _("Vacancies we wrote to you about")
    subject = "entry__subject"
    activity = TALENT_POOL
    keep = KeepWith("entry", source="N32")
    source = _("noted when we wrote to you")
    order = "written_at"
    fields = {
        "id": KEY,
        "entry": KEY,
        "vacancy_reference": Field(Category.INTEREST, scope=OBSERVED),
        "vacancy_title": Field(Category.INTEREST, scope=OBSERVED),
        "written_at": Field(Category.INTEREST, scope=OBSERVED),
        "written_by": Actor(),
    }
