import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def describe(apps, schema_editor):
    """Holds from before: what they are, where they stand, when their proof begins to age, when to look again."""
    if schema_editor.connection.alias == "ledger":
        return
    holds = apps.get_model("privacy", "LegalHold").objects.using(schema_editor.connection.alias)
    # Invoices alone had a hold by law, and their class is the primary one.
    holds.filter(ground="statutory").update(kind="acc_primary")
    for ground in ("authority", "incident"):
        holds.filter(ground=ground).update(kind=ground)
    holds.filter(released_at__isnull=False).update(state="released")
    holds.update(ended_on=F("until"))
    for hold in holds.filter(Q(until__isnull=True) | Q(released_at__isnull=False)).iterator():
        opened = hold.opened_at.date()
        hold.review_on = None if hold.until else opened.replace(year=opened.year + 1, day=min(opened.day, 28))
        hold.ended_on = hold.released_at.date() if hold.released_at else hold.until
        hold.save(update_fields=["review_on", "ended_on"])


class Migration(migrations.Migration):
    dependencies = [("privacy", "0010_statistics")]

    operations = [
        migrations.AddField(
            model_name="legalhold",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acc_primary", "accounting material, primary"),
                    ("acc_secondary", "accounting material, secondary"),
                    ("other_law", "another duty by law"),
                    ("claim", "dispute or claim"),
                    ("authority", "order of an authority"),
                    ("incident", "incident"),
                ],
                default="claim",
                max_length=14,
                verbose_name="class",
            ),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("active", "active"),
                    ("released", "released"),
                    ("refused", "not approved"),
                    ("lapsed", "lapsed without approval"),
                ],
                default="active",
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="legalhold", name="batch", field=models.UUIDField(blank=True, db_index=True, null=True)
        ),
        migrations.AddField(
            model_name="legalhold",
            name="review_on",
            field=models.DateField(blank=True, null=True, verbose_name="to be reviewed"),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="ended_on",
            field=models.DateField(blank=True, db_index=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="legalhold",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="privacy.officedocument",
            ),
        ),
        migrations.AddField(
            model_name="legalhold", name="approved_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(model_name="legalhold", name="approved_by", field=models.UUIDField(blank=True, null=True)),
        migrations.AlterField(
            model_name="legalhold",
            name="ground",
            field=models.CharField(
                choices=[
                    ("statutory", "a law says so"),
                    ("claim", "a dispute or claim"),
                    ("authority", "an authority's order"),
                    ("incident", "an incident"),
                ],
                max_length=12,
                verbose_name="ground",
            ),
        ),
        migrations.AlterField(
            model_name="legalhold", name="law", field=models.CharField(max_length=120, verbose_name="law")
        ),
        migrations.AlterField(
            model_name="legalhold", name="reason", field=models.CharField(max_length=300, verbose_name="reason")
        ),
        migrations.AlterField(
            model_name="legalhold",
            name="until",
            field=models.DateField(blank=True, null=True, verbose_name="last day"),
        ),
        migrations.RunPython(describe, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=Q(ground="statutory", kind__in=["acc_primary", "acc_secondary", "other_law"])
                | Q(kind__in=["claim", "authority", "incident"], kind=F("ground")),
                name="hold_class_fits_its_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["proposed", "active"], released_at__isnull=True)
                | Q(state__in=["released", "refused", "lapsed"], released_at__isnull=False),
                name="hold_state_says_whether_it_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=Q(until__isnull=False) | Q(review_on__isnull=False), name="hold_ends_or_is_reviewed"
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(opened_by__isnull=True) | ~Q(approved_by=F("opened_by")),
                name="hold_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalhold",
            constraint=models.CheckConstraint(
                condition=Q(released_by__isnull=True) | Q(opened_by__isnull=True) | ~Q(released_by=F("opened_by")),
                name="hold_released_by_another",
            ),
        ),
    ]
