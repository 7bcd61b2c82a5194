"""`python -m bench.gdpr_assist COUNT`: prints how many seconds the peer takes to anonymise so many contacts.

Called by `bench.retention` with BENCH_PEER_URL and BENCH_PEER_FOLDER. Its own call on a whole queryset is used, which
is its fastest: one save and one question per row, and its two logs written in bulk.
"""

import os
import sys
import time
from datetime import date

RELATED = 5
DUE, OTHERWISE = date(2024, 1, 1), date(2026, 6, 1)


def main(count: int) -> float:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.gdpr_assist.settings"
    import django

    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from gdpr_assist.models import EventLog, PrivacyAnonymised

    from bench.gdpr_assist.models import Contact, Interaction

    _make_tables({"default": (ContentType, PrivacyAnonymised, Contact, Interaction), "gdpr_log": (EventLog,)})
    for day, number in ((DUE, count), (OTHERWISE, 10 * count)):
        _fill(Contact, Interaction, day, number)
    start = time.perf_counter()
    Interaction.objects.filter(contact__clock_starts_on=DUE).anonymise()
    Contact.objects.filter(clock_starts_on=DUE).anonymise()
    taken = time.perf_counter() - start
    if PrivacyAnonymised.objects.count() != count * (1 + RELATED) or EventLog.objects.count() != count * (1 + RELATED):
        raise AssertionError("The peer did not anonymise everything; its time means nothing.")
    return taken


def _make_tables(models: dict) -> None:
    from django.db import connections

    for alias, of_alias in models.items():
        connection = connections[alias]
        if connection.vendor == "postgresql":
            schema = connection.settings_dict["OPTIONS"]["options"].rpartition("=")[2]
            with connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
                cursor.execute(f"CREATE SCHEMA {schema}")
        with connection.schema_editor() as editor:
            for model in of_alias:
                editor.create_model(model)


def _fill(contacts, interactions, day: date, count: int) -> None:
    made = [
        contacts(full_name=f"Person {n}", email=f"{n}@kunde.example", title="Fitter", clock_starts_on=day)
        for n in range(count)
    ]
    contacts.objects.bulk_create(made, batch_size=1000)
    said = [
        interactions(contact=contact, text="What was said", product="Valve", happened_on=day)
        for contact in made
        for _number in range(RELATED)
    ]
    interactions.objects.bulk_create(said, batch_size=1000)


if __name__ == "__main__":
    print(main(int(sys.argv[1])))
