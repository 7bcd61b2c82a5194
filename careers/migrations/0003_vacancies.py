import re

import django.core.validators
import wagtail.fields
from django.db import migrations, models


def share_in(extent):
    """«80 %» is 80; what has no number from 1 to 100 in it was full time."""
    found = re.search(r"\d+", extent)
    return int(found.group()) if found and 1 <= int(found.group()) <= 100 else 100


def extent_to_percentage(apps, schema_editor):
    pages = apps.get_model("careers", "VacancyPage").objects
    for key, extent in pages.values_list("pk", "extent"):
        pages.filter(pk=key).update(percentage=share_in(extent))


class Migration(migrations.Migration):
    dependencies = [("careers", "0002_hiring")]

    operations = [
        migrations.RenameField("vacancypage", "location", "town"),
        migrations.AlterField(
            "vacancypage",
            "town",
            models.CharField(
                help_text="The town or place, for example Oslo.", max_length=120, verbose_name="place of work"
            ),
        ),
        migrations.AddField(
            "vacancypage",
            "percentage",
            models.PositiveSmallIntegerField(
                default=100,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="percentage of full time",
            ),
        ),
        migrations.RunPython(extent_to_percentage, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("vacancypage", "extent"),
        migrations.AddField(
            "vacancypage",
            "occupation",
            models.CharField(
                choices=[
                    ("7233", "Service technician, industrial mechanic"),
                    ("8122", "Operator, surface treatment"),
                    ("4321", "Warehouse worker"),
                    ("8332", "Lorry driver"),
                    ("2433", "Seller of technical products"),
                    ("3322", "Seller, wholesale"),
                    ("5223", "Shop assistant"),
                    ("3323", "Buyer"),
                    ("2144", "Mechanical engineer, master's degree"),
                    ("3115", "Mechanical engineer"),
                    ("3313", "Accountant"),
                    ("4110", "Office worker"),
                    ("2423", "Personnel adviser"),
                    ("1221", "Sales or marketing manager"),
                ],
                default="",
                max_length=4,
                verbose_name="occupation",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "vacancypage",
            "sector",
            models.CharField(
                choices=[("private", "private"), ("public", "public")],
                default="private",
                max_length=8,
                verbose_name="sector",
            ),
        ),
        migrations.AddField(
            "vacancypage",
            "starts_on",
            models.DateField(blank=True, null=True, verbose_name="first day of work"),
        ),
        migrations.AddField(
            "vacancypage",
            "start_words",
            models.CharField(
                blank=True,
                default="",
                help_text="Instead of a day, for example “as agreed”.",
                max_length=80,
                verbose_name="start, in words",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "vacancypage",
            "street",
            models.CharField(blank=True, default="", max_length=120, verbose_name="street"),
            preserve_default=False,
        ),
        migrations.AddField(
            "vacancypage",
            "postal_code",
            models.CharField(blank=True, default="", max_length=10, verbose_name="postal code"),
            preserve_default=False,
        ),
        migrations.AddField(
            "vacancypage",
            "municipality",
            models.CharField(blank=True, default="", max_length=80, verbose_name="municipality"),
            preserve_default=False,
        ),
        migrations.AddField(
            "vacancypage",
            "country",
            models.CharField(
                choices=[
                    ("NO", "Norway"),
                    ("SE", "Sweden"),
                    ("DK", "Denmark"),
                    ("FI", "Finland"),
                    ("IS", "Iceland"),
                ],
                default="NO",
                max_length=2,
                verbose_name="country",
            ),
        ),
        migrations.AddField(
            "vacancypage",
            "contact_email",
            models.EmailField(
                blank=True,
                default="",
                help_text="An address that stays when people leave, for example service@…",
                max_length=254,
                verbose_name="the role's e-mail address",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "vacancypage",
            "further_contacts",
            wagtail.fields.StreamField(
                [("contact", 3)],
                blank=True,
                block_lookup={
                    0: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"help_text": "A role, never a person's name.", "label": "role", "max_length": 80},
                    ),
                    1: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "the company's phone number", "max_length": 30, "required": False},
                    ),
                    2: (
                        "wagtail.blocks.EmailBlock",
                        (),
                        {
                            "help_text": "An address that stays when people leave, for example service@…",
                            "label": "the role's e-mail address",
                            "required": False,
                        },
                    ),
                    3: ("wagtail.blocks.StructBlock", [[("role", 0), ("phone", 1), ("email", 2)]], {}),
                },
                default="",
                verbose_name="others who answer questions",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "vacancypage",
            "apply_by_email",
            models.EmailField(
                blank=True,
                default="",
                help_text="Left empty, the company's own address is shown.",
                max_length=254,
                verbose_name="apply by e-mail to",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "vacancypage",
            "apply_by_post",
            models.CharField(
                blank=True,
                default="",
                help_text="Left empty, the company's own address is shown.",
                max_length=200,
                verbose_name="apply by post to",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "vacancypage",
            "employment_type",
            models.CharField(
                choices=[
                    ("permanent", "permanent"),
                    ("temporary", "temporary"),
                    ("substitute", "substitute"),
                    ("project", "project"),
                    ("apprentice", "apprenticeship"),
                    ("trainee", "trainee"),
                    ("seasonal", "seasonal"),
                    ("holiday", "holiday job"),
                ],
                default="permanent",
                max_length=12,
                verbose_name="employment",
            ),
        ),
        migrations.AddConstraint(
            "vacancypage",
            models.CheckConstraint(
                condition=models.Q(("percentage__range", (1, 100))), name="vacancy_extent_is_a_share"
            ),
        ),
    ]
