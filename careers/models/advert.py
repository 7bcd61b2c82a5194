"""The closed lists an advert chooses from, and who else answers questions about a job.

Occupations carry the codes of Statistics Norway's STYRK-08, which are those of ISCO-08: public job boards sort by them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, EmailBlock, StructBlock


class Occupation(models.TextChoices):
    """What a company like this one hires; the value is the four digits of STYRK-08."""

    MECHANIC = "7233", _("Service technician, industrial mechanic")
    SURFACE_OPERATOR = "8122", _("Operator, surface treatment")
    WAREHOUSE_WORKER = "4321", _("Warehouse worker")
    DRIVER = "8332", _("Lorry driver")
    TECHNICAL_SELLER = "2433", _("Seller of technical products")
    WHOLESALE_SELLER = "3322", _("Seller, wholesale")
    SHOP_ASSISTANT = "5223", _("Shop assistant")
    BUYER = "3323", _("Buyer")
    GRADUATE_ENGINEER = "2144", _("Mechanical engineer, master's degree")
    ENGINEER = "3115", _("Mechanical engineer")
    ACCOUNTANT = "3313", _("Accountant")
    OFFICE_WORKER = "4110", _("Office worker")
    PERSONNEL = "2423", _("Personnel adviser")
    SALES_MANAGER = "1221", _("Sales or marketing manager")


class Employment(models.TextChoices):
    PERMANENT = "permanent", _("permanent")
    TEMPORARY = "temporary", _("temporary")
    SUBSTITUTE = "substitute", _("substitute")
    PROJECT = "project", _("project")
    APPRENTICE = "apprentice", _("apprenticeship")
    TRAINEE = "trainee", _("trainee")
    SEASONAL = "seasonal", _("seasonal")
    HOLIDAY = "holiday", _("holiday job")


class Sector(models.TextChoices):
    PRIVATE = "private", _("private")
    PUBLIC = "public", _("public")


class Country(models.TextChoices):
    """Where people work for us; the value is the code of ISO 3166-1."""

    NORWAY = "NO", _("Norway")
    SWEDEN = "SE", _("Sweden")
    DENMARK = "DK", _("Denmark")
    FINLAND = "FI", _("Finland")
    ICELAND = "IS", _("Iceland")


class ContactBlock(StructBlock):
    """One more role that answers questions. Names stay out: pages keep old versions."""

    role = CharBlock(label=_("role"), max_length=80, help_text=_("A role, never a person's name."))
    phone = CharBlock(label=_("the company's phone number"), max_length=30, required=False)
    email = EmailBlock(
        label=_("the role's e-mail address"),
        required=False,
        help_text=_("An address that stays when people leave, for example service@…"),
    )

    class Meta:
        icon = "user"
        label = _("Contact")
