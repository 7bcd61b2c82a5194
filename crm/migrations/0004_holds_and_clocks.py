from functools import partial

from django.db import migrations, models
from django.db.models import Max, Q

from crm import rules
from crm.models import lock


def know_activity(apps, schema_editor):
    """When each organisation was last active, from what is there, and what follows for who works there."""
    organisations = apps.get_model("crm", "Organisation").objects
    for key, ordered, asked in organisations.annotate(
        ordered=Max("orders__ordered_on"), asked=Max("interactions__happened_on")
    ).values_list("pk", "ordered", "asked"):
        days = [day for day in (ordered, asked) if day]
        if days:
            organisations.filter(pk=key).update(active_on=max(days))
    contacts = apps.get_model("crm", "Contact").objects.filter(left_company_on__isnull=True)
    working = Q(employments__ended_on__isnull=True)
    for contact in contacts.annotate(customer_on=Max("employments__organisation__active_on", filter=working)):
        start = rules.contact_clock_start(contact.last_dealt_with_on, None, contact.customer_on)
        if start != contact.clock_starts_on:
            contacts.filter(pk=contact.pk).update(clock_starts_on=start)


class Migration(migrations.Migration):
    dependencies = [("crm", "0003_invoice_lock")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="order_number",
            field=models.CharField(blank=True, editable=False, max_length=20, verbose_name="order"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="slip",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="packing slip"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="active_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="last active"),
        ),
        migrations.RemoveConstraint(model_name="contact", name="crm_contact_clock_not_later"),
        migrations.AlterField(
            model_name="contact",
            name="clock_starts_on",
            field=models.DateField(
                db_index=True,
                editable=False,
                verbose_name="we last dealt with you, or with your company while you work there "
                "(42 months without you at the most)",
            ),
        ),
        # SQLite makes the table anew for a column, and the trigger would be lost with the old one.
        migrations.RunPython(lock.remove, lock.add, elidable=False),
        migrations.AddField(
            model_name="invoice",
            name="slips",
            field=models.JSONField(blank=True, default=list, verbose_name="packing slips"),
        ),
        migrations.RunPython(partial(lock.add, columns=lock.LOCKED), lock.remove, elidable=False),
        migrations.RunPython(know_activity, migrations.RunPython.noop),
    ]
