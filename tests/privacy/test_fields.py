import copy
import pickle
import uuid
from datetime import date

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from privacy import vault
from privacy.fields import Sealed, SealedDateField, SealedJSONField, SealedTextField, read_sealed
from privacy.models import DataSubject, PersonKey, StoredFile
from privacy.vault.people import sealed_fields

with isolate_apps():

    class Diary(models.Model):  # noqa: DJ008
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        subject = models.ForeignKey(DataSubject, models.CASCADE, null=True, related_name="+")
        title = models.CharField(max_length=50, blank=True)
        compartment = models.CharField(max_length=4, default="main")
        notes = SealedTextField("notes", owner="subject", blank=True, default="")
        nickname = SealedTextField(owner="subject", compartment_from="compartment", max_length=20, blank=True)
        answers = SealedJSONField(owner="subject", blank=True, default=dict)
        born_on = SealedDateField(owner="subject", compartment="kept", blank=True)

        class Meta:
            app_label = "privacy"

    class Page(models.Model):  # noqa: DJ008
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        diary = models.ForeignKey(Diary, models.CASCADE, null=True, related_name="pages")
        text = SealedTextField(owner="diary__subject")

        class Meta:
            app_label = "privacy"


@pytest.fixture(scope="module", autouse=True)
def tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Diary)
            editor.create_model(Page)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Page)
            editor.delete_model(Diary)


@pytest.fixture
def kari(db):
    return DataSubject.objects.create()


@pytest.fixture
def diary(kari):
    return Diary.objects.create(
        subject=kari, notes="likes Å", nickname="K", answers={"b": 1, "a": [2]}, born_on=date(1990, 2, 28)
    )


def column(row, name):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name} FROM privacy_diary WHERE id = %s", [row._meta.pk.get_db_prep_value(row.pk, connection)]
        )
        return bytes(cursor.fetchone()[0])


def openings(act):
    before = vault.meter.opened
    act()
    return vault.meter.opened - before


# Storing and reading


def test_values_come_back_as_they_were_given(diary):
    found = Diary.objects.get(pk=diary.pk)
    assert (found.notes, found.nickname, found.answers, found.born_on) == (
        "likes Å",
        "K",
        {"a": [2], "b": 1},
        date(1990, 2, 28),
    )


def test_the_columns_show_nothing(diary):
    assert len(column(diary, "notes")) == len("likes Å".encode()) + 29
    assert "likes Å".encode() not in column(diary, "notes") and b"1990" not in column(diary, "born_on")


def test_empty_values_need_no_key(kari):
    empty = Diary.objects.create(subject=kari)
    found = Diary.objects.get(pk=empty.pk)
    assert (found.notes, found.nickname, found.answers, found.born_on) == ("", "", {}, None)
    assert column(found, "notes") == column(found, "born_on") == b""
    assert PersonKey.objects.count() == 0


def test_a_new_record_reads_its_values_before_it_is_saved(kari):
    fresh = Diary(subject=kari, notes="soon")
    assert (fresh.notes, fresh.answers, fresh.born_on) == ("soon", {}, None)


def test_compartments_are_those_declared_and_those_of_the_row(diary):
    assert set(PersonKey.objects.values_list("compartment", flat=True)) == {"main", "kept"}
    Diary.objects.create(subject=diary.subject, compartment="kept", nickname="K")
    vault.destroy_keys([diary.subject_id], ["main"])
    assert [row.nickname for row in Diary.objects.order_by("compartment")] == ["K", vault.GONE]


def test_a_destroyed_key_reads_as_gone_and_the_rest_stays(diary):
    vault.destroy_keys([diary.subject_id], ["main"])
    found = Diary.objects.get(pk=diary.pk)
    assert found.notes is vault.GONE and found.answers is vault.GONE and found.born_on == date(1990, 2, 28)


def test_saving_a_row_whose_key_is_gone_leaves_the_bytes(diary):
    before = column(diary, "notes")
    vault.destroy_keys([diary.subject_id], ["main"])
    found = Diary.objects.get(pk=diary.pk)
    assert found.notes is vault.GONE
    found.notes = ""
    found.save()
    assert column(found, "notes") == before
    assert set(PersonKey.objects.values_list("compartment", flat=True)) == {"kept"}


def test_a_value_moved_to_another_row_or_field_is_damaged(diary, kari):
    other = Diary.objects.create(subject=kari, notes="own")
    moved = Diary.objects.get(pk=diary.pk).notes_sealed
    Diary.objects.filter(pk=other.pk).update(notes=moved, nickname=moved)
    found = Diary.objects.get(pk=other.pk)
    for name in ("notes", "nickname"):
        with pytest.raises(vault.Damaged):
            getattr(found, name)


def test_a_row_without_a_person_seals_nothing_and_opens_nothing(diary):
    with pytest.raises(ValueError, match="person") as problem, transaction.atomic():
        Diary.objects.create(notes="secret")
    assert "secret" not in str(problem.value)
    Diary.objects.filter(pk=diary.pk).update(subject=None)
    assert Diary.objects.get(pk=diary.pk).notes is vault.GONE


def test_a_row_without_a_key_of_its_own_is_refused(kari):
    with pytest.raises(ValueError, match="key first"):
        Diary._meta.get_field("notes").pre_save(Diary(pk=None, subject=kari, notes="secret"), add=True)


def test_reading_in_states(diary):
    found = Diary.objects.get(pk=diary.pk)
    assert read_sealed(found, "notes") == ("likes Å", "open")
    Diary.objects.filter(pk=diary.pk).update(notes=Sealed(column(diary, "notes")[:-1] + b"?"))
    assert read_sealed(Diary.objects.get(pk=diary.pk), "notes") == (None, "damaged")
    vault.destroy_keys([diary.subject_id], ["main"])
    assert read_sealed(Diary.objects.get(pk=diary.pk), "notes") == (None, "gone")


# Lazy opening


def test_a_list_that_shows_no_secret_opens_none(diary):
    assert openings(lambda: [row.title for row in Diary.objects.all()]) == 0
    assert openings(lambda: [row.notes for row in Diary.objects.all()]) == 1


def test_reading_twice_opens_once_and_fetches_once(diary, django_assert_num_queries):
    found = Diary.objects.get(pk=diary.pk)
    with django_assert_num_queries(1):
        assert openings(lambda: (found.notes, found.notes, found.born_on)) == 2


def test_refreshing_and_checking_a_row_open_nothing(diary):
    found = Diary.objects.get(pk=diary.pk)

    def act():
        found.refresh_from_db()
        found.full_clean()
        found.save()

    assert openings(act) == 0
    assert found.notes == "likes Å"


def test_deferred_values_are_loaded_when_read(diary, django_assert_num_queries):
    found = Diary.objects.only("title", "subject").get(pk=diary.pk)
    with django_assert_num_queries(2):
        assert found.notes == "likes Å"
    assert Diary.objects.defer("notes").get(pk=diary.pk).nickname == "K"


def test_unlock_fetches_all_keys_in_one_query(diary, django_assert_num_queries):
    others = [DataSubject.objects.create() for _ in range(3)]
    for other in others:
        Diary.objects.create(subject=other, notes="x", born_on="2000-01-01")
    with django_assert_num_queries(2):
        rows = vault.unlock(Diary.objects.all())
        assert sorted(row.notes for row in rows) == ["likes Å", "x", "x", "x"]
        assert len({row.born_on for row in rows}) == 2


def test_unlock_follows_the_way_to_the_person_for_all_rows_at_once(diary, django_assert_num_queries):
    for number in range(3):
        Page.objects.create(diary=diary, text=str(number))
    with django_assert_num_queries(3):
        rows = vault.unlock(Page.objects.all())
        assert sorted(row.text for row in rows) == ["0", "1", "2"]
    assert vault.unlock([]) == []


def test_unlock_takes_rows_of_several_models_and_rows_of_nobody(diary):
    page = Page.objects.create(diary=diary, text="x")
    rows = vault.unlock(
        [Page.objects.get(pk=page.pk), Diary.objects.get(pk=diary.pk), Diary(title="none"), diary.subject]
    )
    assert [row.text if isinstance(row, Page) else getattr(row, "notes", None) for row in rows] == [
        "x",
        "likes Å",
        "",
        None,
    ]


def test_a_way_that_ends_early_leads_to_nobody():
    assert Page._meta.get_field("text").owner_id(Page()) is None


# Writing


def test_unchanged_values_are_written_back_untouched(diary):
    before = column(diary, "notes")
    found = Diary.objects.get(pk=diary.pk)
    assert found.notes == "likes Å" and found.answers
    found.notes = "likes Å"
    found.title = "new"
    found.save()
    assert column(found, "notes") == before and Diary.objects.get(pk=diary.pk).title == "new"


def test_a_changed_value_is_sealed_anew_and_the_others_stay(diary):
    before = column(diary, "nickname")
    found = Diary.objects.get(pk=diary.pk)
    found.notes = "likes B"
    assert found.notes == "likes B"
    found.save()
    assert Diary.objects.get(pk=diary.pk).notes == "likes B"
    assert column(found, "nickname") == before


def test_saving_twice_seals_once(kari):
    row = Diary.objects.create(subject=kari, notes="once")
    before = column(row, "notes")
    row.save()
    assert column(row, "notes") == before and row.notes == "once"


def test_a_dictionary_changed_in_place_is_saved(diary):
    found = Diary.objects.get(pk=diary.pk)
    found.answers["c"] = 3
    found.save()
    assert Diary.objects.get(pk=diary.pk).answers == {"a": [2], "b": 1, "c": 3}


def test_an_empty_dictionary_filled_in_place_is_saved(kari):
    row = Diary.objects.create(subject=kari)
    found = Diary.objects.get(pk=row.pk)
    found.answers["a"] = 1
    found.save()
    assert Diary.objects.get(pk=row.pk).answers == {"a": 1}
    assert Diary().answers == {}


def test_update_fields_writes_only_these(diary):
    diary.notes, diary.nickname = "new", "N"
    diary.save(update_fields=["notes"])
    found = Diary.objects.get(pk=diary.pk)
    assert (found.notes, found.nickname) == ("new", "K")


def test_blanking_a_value_empties_the_column(diary):
    diary.notes, diary.answers, diary.born_on = "", {}, None
    diary.save()
    assert column(diary, "notes") == column(diary, "answers") == column(diary, "born_on") == b""


def test_many_rows_are_written_with_few_queries(db, django_assert_num_queries):
    people = DataSubject.objects.bulk_create(DataSubject() for _ in range(20))
    rows = vault.prepare(Diary(subject=person, notes="x", born_on=date(2000, 1, 1)) for person in people)
    with django_assert_num_queries(1):
        Diary.objects.bulk_create(rows)
    assert [row.notes for row in vault.unlock(Diary.objects.all())] == ["x"] * 20
    assert PersonKey.objects.count() == 40


@pytest.mark.parametrize("blank", [None, "", b""])
def test_update_may_blank(diary, blank):
    Diary.objects.update(notes=blank, born_on=blank, answers=blank)
    found = Diary.objects.get(pk=diary.pk)
    assert (found.notes, found.born_on, found.answers, found.nickname) == ("", None, {}, "K")


@pytest.mark.parametrize("value", ["text", b"bytes", {"a": 1}])
def test_update_with_a_value_is_refused_and_does_not_repeat_it(diary, value):
    for write in (lambda: Diary.objects.update(notes=value), lambda: Diary.objects.update(answers=value)):
        with pytest.raises(FieldError, match="is sealed") as problem, transaction.atomic():
            write()
        assert str(value) not in str(problem.value)
    assert Diary.objects.get(pk=diary.pk).notes == "likes Å"


def test_bulk_update_refuses_new_values_too(diary):
    diary.notes = "new"
    with pytest.raises(FieldError, match="is sealed"):
        Diary.objects.bulk_update([diary], ["notes"])


# Queries


def test_queries_may_ask_whether_it_is_empty(diary, kari):
    empty = Diary.objects.create(subject=kari)
    assert list(Diary.objects.filter(notes=b"")) == [empty]
    assert list(Diary.objects.exclude(notes="")) == [diary]
    assert list(Diary.objects.filter(notes__isnull=True)) == []


@pytest.mark.parametrize(
    "lookup",
    [{"notes": "x"}, {"notes__contains": "x"}, {"notes__in": [b""]}, {"born_on__gt": date(2000, 1, 1)}],
    ids=str,
)
def test_queries_may_ask_nothing_else(db, lookup):
    with pytest.raises(FieldError, match="is sealed"):
        Diary.objects.filter(**lookup)


def test_values_come_out_sealed(diary):
    value = Diary.objects.values_list("notes", flat=True).get()
    assert repr(value) == f"<sealed, {len(column(diary, 'notes'))} bytes>" and bool(value)


# Copies and dumps


def test_copies_and_pickles_carry_no_plain_value_and_no_key(kari):
    StoredFile.objects.create(subject=kari, display_name="cv Å.pdf", size=1, storage_name="x")
    found = StoredFile.objects.get()
    assert found.display_name == "cv Å.pdf"
    packed = pickle.dumps(found)
    assert "cv Å".encode() not in packed and bytes(PersonKey.objects.get().wrapped) not in packed
    copies = [pickle.loads(packed), copy.deepcopy(found), copy.copy(found)]  # noqa: S301
    assert [row.display_name for row in copies] == ["cv Å.pdf"] * 3


def test_a_dump_leaves_sealed_columns_out(diary):
    dump = serializers.serialize("json", [diary])
    assert "compartment" in dump
    assert not any(name in dump for name in ("notes", "likes", "1990", "answers"))
    with pytest.raises(FieldError, match="not written out"):
        Diary._meta.get_field("notes").value_to_string(diary)


# Forms


class DiaryForm(forms.ModelForm):
    class Meta:
        model = Diary
        fields = ("title", "notes", "nickname", "answers", "born_on")


def test_a_model_form_shows_and_saves(diary):
    form = DiaryForm(instance=diary)
    assert form.initial["notes"] == "likes Å" and form.initial["born_on"] == date(1990, 2, 28)
    assert [type(form.fields[name].widget) for name in ("notes", "nickname")] == [forms.Textarea, forms.TextInput]
    posted = {"title": "t", "notes": "new", "nickname": "K", "answers": '{"a": 5}', "born_on": "2001-02-03"}
    form = DiaryForm(posted, instance=Diary.objects.get(pk=diary.pk))
    assert form.is_valid() and form.changed_data == ["title", "notes", "answers", "born_on"]
    form.save()
    found = Diary.objects.get(pk=diary.pk)
    assert (found.notes, found.nickname, found.answers, found.born_on) == ("new", "K", {"a": 5}, date(2001, 2, 3))


def test_a_form_that_changes_nothing_leaves_the_bytes(diary):
    before = [column(diary, name) for name in ("notes", "answers", "born_on")]
    form = DiaryForm(instance=Diary.objects.get(pk=diary.pk))
    posted = {name: form[name].value() for name in form.fields}
    form = DiaryForm(posted, instance=Diary.objects.get(pk=diary.pk))
    assert form.is_valid() and form.changed_data == []
    form.save()
    assert [column(diary, name) for name in ("notes", "answers", "born_on")] == before


def test_a_text_that_is_too_long_is_refused(diary):
    Diary(subject=diary.subject, nickname="x" * 20, notes="n").full_clean()
    with pytest.raises(ValidationError) as problem:
        Diary(subject=diary.subject, nickname="x" * 21, notes="n").full_clean()
    assert set(problem.value.message_dict) == {"nickname"}


def test_a_required_value_may_not_be_blank(diary):
    page = Page.objects.create(diary=diary, text="x")
    Page.objects.get(pk=page.pk).full_clean()
    Page.objects.update(text=b"")
    for empty in (Page.objects.get(pk=page.pk), Page(diary=diary)):
        with pytest.raises(ValidationError) as problem:
            empty.full_clean()
        assert set(problem.value.message_dict) == {"text"}


@pytest.mark.parametrize("value", ["yesterday", "31.12.1990", 5])
def test_a_date_that_is_none_is_refused(value):
    with pytest.raises(ValidationError):
        Diary._meta.get_field("born_on").to_python(value)


# Declaration


def test_a_field_deconstructs_for_migrations():
    field = Diary._meta.get_field("nickname")
    name, path, args, kwargs = field.deconstruct()
    assert (name, path, args) == ("nickname", "privacy.fields.SealedTextField", [])
    assert kwargs == {
        "owner": "subject",
        "compartment": "main",
        "compartment_from": "compartment",
        "max_length": 20,
        "blank": True,
        "editable": True,
    }
    again = SealedTextField(**kwargs)
    again.set_attributes_from_name("nickname")
    assert again.deconstruct() == field.deconstruct()
    assert field.column == "nickname"
    assert Diary._meta.get_field("born_on").deconstruct()[3] == {
        "owner": "subject",
        "compartment": "kept",
        "blank": True,
        "editable": True,
    }


def test_the_class_attribute_leads_to_the_field():
    assert Diary.notes.field is Diary._meta.get_field("notes")


def test_good_declarations_have_no_complaint():
    fields = [field for model in (Diary, Page) for field in sealed_fields(model)]
    assert len(fields) == 5 and [problem for field in fields for problem in field.check()] == []


@isolate_apps()
@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"compartment": "secret"}, "privacy.E101"),
        ({"null": True}, "privacy.E102"),
        ({"owner": "nobody"}, "privacy.E103"),
        ({"owner": "title"}, "privacy.E103"),
        ({"owner": "diary"}, "privacy.E103"),
        ({"owner": "title__subject"}, "privacy.E103"),
    ],
    ids=str,
)
def test_each_wrong_declaration_is_named(options, complaint):
    class Leaf(models.Model):  # noqa: DJ008
        title = models.CharField(max_length=5)
        subject = models.ForeignKey(DataSubject, models.CASCADE, related_name="+")
        diary = models.ForeignKey(Diary, models.CASCADE, related_name="+")
        text = SealedTextField(**options)

        class Meta:
            app_label = "privacy"

    assert [problem.id for problem in Leaf._meta.get_field("text").check()] == [complaint]
