"""The triggers that keep the notice as it was published: taken down, put up again, and on the main database alone."""

from datetime import date

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from privacy.actions import import_notice
from privacy.models import NoticeText, NoticeVersion, notice_guard

KEPT = "kept as it was published"


@pytest.mark.django_db(transaction=True)
def test_the_triggers_can_be_taken_down_and_put_up_again():
    text = import_notice(b"old", published_on=date(2018, 7, 10), language="en")
    with connection.schema_editor() as editor:
        notice_guard.remove(apps, editor)
    assert NoticeText.objects.filter(pk=text.pk).update(title="changed") == 1
    assert NoticeVersion.objects.filter(pk=text.version_id).update(reasons=["changed"]) == 1
    with connection.schema_editor() as editor:
        notice_guard.add(apps, editor)
    for act in (
        lambda: NoticeText.objects.update(title="changed again"),
        lambda: NoticeText.objects.all().delete(),
        lambda: NoticeVersion.objects.update(reasons=["changed again"]),
        lambda: NoticeVersion.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(Error, match=KEPT), transaction.atomic():
            act()
    assert (NoticeText.objects.get().title, NoticeVersion.objects.get().reasons) == ("changed", ["changed"])


def test_the_ledger_has_no_notice():
    class Editor:
        class connection:
            alias = "ledger"

    # On any other database these would ask for a cursor, which this editor has not.
    notice_guard.add(apps, Editor)
    notice_guard.remove(apps, Editor)
