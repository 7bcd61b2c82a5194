"""What frameworks keep on the side (T29): each kind is planted first and then erased, or shown to be impossible."""

import io
import tempfile
from pathlib import Path

import PIL.Image
import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection, connections, models
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import Rendition
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.search.index import get_indexed_models
from wagtail.users.models import UserProfile

from cn_portal import mailbox
from cn_portal.accounts.actions.factor import begin_factor, new_recovery_codes
from cn_portal.accounts.models import AccountSession, RecoveryCode, SignInCode, SignInEvent, TotpDevice
from privacy import registry, vault
from privacy.actions import carry_out, queue_mail, request_copy, request_erasure, run_jobs, seal_trail, store_file
from privacy.declare import Field
from privacy.models import Copy, Job
from privacy.queries import find_text

CANARY = "Kanarilina"
EMAIL = "kanarilina@cn.example"
TEXTS = (models.CharField, models.TextField)
OURS = ("accounts", "website", "careers", "crm", "privacy", "toy")
PAGE_TABLES = "test_log_labels_name_pages_and_numbers_and_whoever_acted_is_taken_out"
# Tables of other people's code that say who did something, and the test here that erases it.
COVERED = {
    "wagtailcore_pagelogentry": PAGE_TABLES,
    "wagtailcore_modellogentry": PAGE_TABLES,
    "wagtailcore_page": PAGE_TABLES,
    "wagtailcore_revision": "test_versions_of_a_page_forget_who_wrote_them_and_what_was_remarked",
    "wagtailcore_workflowstate": "test_approvals_forget_who_asked_and_who_answered",
    "wagtailcore_taskstate": "test_approvals_forget_who_asked_and_who_answered",
    "wagtailcore_uploadedfile": "test_pictures_renditions_and_documents_forget_who_brought_them",
    "wagtailimages_image": "test_pictures_renditions_and_documents_forget_who_brought_them",
    "wagtailimages_rendition": "test_pictures_renditions_and_documents_forget_who_brought_them",
    "wagtaildocs_document": "test_pictures_renditions_and_documents_forget_who_brought_them",
    "wagtailsearch_indexentry": "test_nobody_is_in_the_search_index",
    "wagtailsearch_indexentry_fts": "test_nobody_is_in_the_search_index",
    "django_session": "test_sessions_end_and_the_frameworks_own_table_stays_empty",
    "privacy_job": "test_work_in_line_carries_a_kind_and_a_key_only",
}


@pytest.fixture
def lina(db):
    """A colleague who has left: her account is closed, so it can go."""
    user = get_user_model().objects.create_user(EMAIL, first_name=CANARY, is_staff=True, verified=True)
    user.set_password("correct-horse-battery-staple")
    user.save()
    return user


@pytest.fixture
def page(lina):
    made = Page(title="Sandblåsing", slug="sand", owner=lina)
    Page.objects.first().add_child(instance=made)
    return made


def erase(user):
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    done = carry_out(request_erasure(user.subject, cause="staff", by=None))
    run_jobs()
    assert done.state == "done" and not get_user_model().objects.filter(pk=user.pk).exists()


def places():
    return {hit.place for hit in find_text(CANARY, now=timezone.now())}


# Wagtail


def test_log_labels_name_pages_and_numbers_and_whoever_acted_is_taken_out(lina, page):
    log(instance=page, action="wagtail.edit", user=lina)
    log(instance=lina, action="wagtail.edit", user=lina)
    assert PageLogEntry.objects.filter(user=lina).exists() and ModelLogEntry.objects.filter(user=lina).exists()
    labels = [
        *PageLogEntry.objects.values_list("label", flat=True),
        *ModelLogEntry.objects.values_list("label", flat=True),
    ]
    assert "Sandblåsing" in labels and not any(CANARY in label or EMAIL in label for label in labels)
    erase(lina)
    assert PageLogEntry.objects.filter(label="Sandblåsing").exists() and ModelLogEntry.objects.exists()
    assert not PageLogEntry.objects.filter(user__isnull=False).exists()
    assert not ModelLogEntry.objects.filter(user__isnull=False).exists()
    assert Page.objects.get(pk=page.pk).owner is None and places() == set()


def test_no_label_can_hold_what_a_row_says():
    spoken = 0
    for declaration in registry.declarations():
        row = declaration.model()
        if declaration.model._meta.app_label not in OURS:
            # Others' tables are never the object of a log entry; their own tests are below.
            continue
        for column in declaration.model._meta.concrete_fields:
            is_personal = isinstance(declaration.fields[column.name], Field)
            # A number is what a record is called by, and says nothing about anybody.
            is_free = isinstance(column, TEXTS) and not column.choices and not column.primary_key
            is_free = is_free and column.name != "number"
            if is_personal and is_free:
                setattr(row, column.attname, CANARY)
                spoken += 1
        assert CANARY not in f"{row} {row!r}", declaration.name()
    assert spoken > 60


def test_versions_of_a_page_forget_who_wrote_them_and_what_was_remarked(lina, page):
    ola = get_user_model().objects.create_user("ola@cn.example", is_staff=True, verified=True)
    hers = Comment.objects.create(page=page, user=lina, text=f"{CANARY} remarks", contentpath="title")
    his = Comment.objects.create(page=page, user=ola, text="Ola remarks", contentpath="title")
    CommentReply.objects.create(comment=his, user=lina, text=f"{CANARY} answers")
    CommentReply.objects.create(comment=his, user=ola, text="Ola answers")
    page = Page.objects.get(pk=page.pk)
    page.title = "Sandblåsing og maling"
    page.save_revision(user=lina)
    hers.log_create(user=lina)
    hers.log_delete(user=lina)
    his.replies.first().log_create(user=lina)
    assert PageLogEntry.objects.filter(action__startswith="wagtail.comments.").count() == 3
    assert {"default:wagtailcore_comment.text", "default:wagtailcore_revision.content"} <= places()
    assert "default:wagtailcore_pagelogentry.data" not in places()
    erase(lina)
    kept = Revision.objects.get()
    assert kept.user is None and places() == set()
    (remark,) = kept.content["wagtail_admin_comments"]
    assert remark["text"] == "Ola remarks" and [reply["text"] for reply in remark["replies"]] == ["Ola answers"]
    assert kept.as_object().title == "Sandblåsing og maling"
    his.delete()
    assert Revision.objects.get().content["wagtail_admin_comments"] == []


def test_comments_drafts_and_settings_of_the_editor_go(lina, page):
    kind = page.cached_content_type
    comment = Comment.objects.create(page=page, user=lina, text=CANARY, contentpath="title")
    CommentReply.objects.create(comment=comment, user=lina, text=CANARY)
    PageSubscription.objects.create(page=page, user=lina, comment_notifications=True)
    UserProfile.objects.create(user=lina)
    EditingSession.objects.create(user=lina, content_type=kind, object_id=str(page.pk), last_seen_at=timezone.now())
    FormState.objects.create(
        user=lina, content_type=kind, object_id=str(page.pk), data={"title": CANARY}, last_updated_at=timezone.now()
    )
    assert {"default:wagtailcore_comment.text", "default:wagtailcore_commentreply.text"} <= places()
    erase(lina)
    for model in (Comment, CommentReply, PageSubscription, UserProfile, EditingSession, FormState):
        assert not model.objects.exists(), model
    assert places() == set()


def test_approvals_forget_who_asked_and_who_answered(lina, page):
    state = WorkflowState.objects.create(
        content_type=page.cached_content_type,
        base_content_type=page.cached_content_type,
        object_id=str(page.pk),
        workflow=Workflow.objects.create(name="Two pairs of eyes"),
        requested_by=lina,
    )
    step = TaskState.objects.create(
        workflow_state=state,
        revision=page.save_revision(),
        task=Task.objects.create(name="Second look"),
        comment="Needs a picture.",
        finished_by=lina,
    )
    erase(lina)
    state.refresh_from_db()
    step.refresh_from_db()
    assert (state.requested_by, step.finished_by, step.comment) == (None, None, "Needs a picture.")


def test_pictures_renditions_and_documents_forget_who_brought_them(lina):
    picture = get_image_model().objects.create(title="Pot", file=small_picture(), uploaded_by_user=lina)
    rendition = Rendition.objects.create(
        image=picture, filter_spec="width-4", file=small_picture(), width=4, height=4, focal_point_key=""
    )
    paper = get_document_model().objects.create(title="Sheet", file=ContentFile(b"x", "x.pdf"), uploaded_by_user=lina)
    waiting = UploadedFile.objects.create(file=ContentFile(b"x", "y.png"), uploaded_by_user=lina)
    erase(lina)
    for row in (picture, paper, waiting):
        row.refresh_from_db()
        assert row.uploaded_by_user is None
    assert Rendition.objects.get() == rendition
    # People's files never become pictures: they have a storage of their own, and no rendition points there.
    assert Rendition._meta.get_field("file").storage is not storages["people"]


def small_picture():
    content = io.BytesIO()
    PIL.Image.new("RGB", (8, 8)).save(content, "PNG")
    return ContentFile(content.getvalue(), "pot.png")


def test_nobody_is_in_the_search_index(lina, page):
    declared = {declaration.model for declaration in registry.declarations()}
    indexed = set(get_indexed_models())
    assert len(indexed) > 5 and not indexed & declared


@pytest.mark.parametrize(
    ("app", "word"),
    [("wagtail.contrib.forms", "formsubmission"), ("django.contrib.admin", "admin_log"), ("import_export", "import")],
)
def test_apps_that_would_keep_people_are_not_there(app, word, db):
    assert not apps.is_installed(app)
    assert not {table for table in tables() if word in table}


# Django and its neighbours


def test_sessions_end_and_the_frameworks_own_table_stays_empty(lina, client):
    client.force_login(lina, backend="cn_portal.accounts.backends.PasswordBackend")
    session = client.session
    session["typed"] = CANARY
    session.save()
    assert AccountSession.objects.filter(user=lina).exists() and "sessions:accounts_accountsession" in places()
    erase(lina)
    assert not AccountSession.objects.exists() and places() == set()
    assert not apps.get_model("sessions.Session").objects.exists()


def test_attempts_to_sign_in_codes_and_locks_go_and_the_cache_never_knew(lina, ola_tries):
    for password in ("wrong", "correct-horse-battery-staple"):
        attempt(EMAIL, password)
    attempt(EMAIL, "wrong again")
    Client().post("/account/sign-in/", {"email": EMAIL, "way": "code"})
    key = vault.blind_index("email", EMAIL)
    AccessLog.objects.create(username=key, user_agent=CANARY, attempt_time=timezone.now())
    assert AccessAttempt.objects.filter(username=key).exists() or AccessFailureLog.objects.filter(username=key).exists()
    assert SignInEvent.objects.filter(address_key=key).exists() and SignInCode.objects.filter(address_key=key).exists()
    remembered = b"".join(f"{name}".encode() + value for name, value in cache._cache.items())
    assert CANARY.lower().encode() not in remembered.lower()
    others = SignInEvent.objects.exclude(address_key=key).count()
    erase(lina)
    for model, column in ((AccessAttempt, "username"), (AccessFailureLog, "username"), (AccessLog, "username"),
                          (SignInEvent, "address_key"), (SignInCode, "address_key")):  # fmt: skip
        assert not model.objects.filter(**{column: key}).exists(), model
    assert SignInEvent.objects.count() == others > 0 and places() == set()


@pytest.fixture
def ola_tries(db):
    """A neighbour whose failed sign-in must stay."""
    get_user_model().objects.create_user("ola@cn.example", verified=True)
    attempt("ola@cn.example", "wrong")


def attempt(email, password):
    Client().post("/account/sign-in/", {"email": email, "password": password, "way": "password"})


def test_authenticator_and_recovery_codes_go(lina):
    begin_factor(lina, by=lina)
    new_recovery_codes(lina, by=lina)
    assert TotpDevice.objects.exists() and RecoveryCode.objects.exists()
    erase(lina)
    assert not TotpDevice.objects.exists() and not RecoveryCode.objects.exists()


def test_there_is_no_reset_that_could_leave_a_token(client, db):
    # Sign-in is by a mailed code. Wagtail's own pages for a forgotten password exist as addresses and answer nothing.
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str) and "password_reset" in name]
    assert "wagtailadmin_password_reset" in names
    asked = client.get(reverse("wagtailadmin_password_reset"), follow=True)
    assert asked.request["PATH_INFO"] == "/account/sign-in/"
    assert not {table for table in tables() if "reset" in table or "token" in table}


def test_work_in_line_carries_a_kind_and_a_key_only(lina):
    queue_mail(to=EMAIL, template="privacy/mail/erased", context={"number": CANARY}, language="nb")
    row = Job.objects.values().get()
    assert CANARY.lower() not in str(row).lower() and set(row) == {
        "id", "kind", "ref", "state", "run_after", "lease_until", "attempts", "last_error", "created_at", "finished_at",
    }  # fmt: skip
    assert django_settings.TASKS["default"]["BACKEND"].endswith("ImmediateBackend")
    assert not {table for table in tables() if "task" in table} - {
        "wagtailcore_task", "wagtailcore_taskstate", "wagtailcore_workflowtask", "wagtailcore_groupapprovaltask",
        "wagtailcore_groupapprovaltask_groups",
    }  # fmt: skip


# Files


def test_a_copy_that_was_made_goes_with_its_object(lina):
    request_copy(lina.subject, by=lina)
    run_jobs()
    assert Copy.objects.get().state == "ready" and list(written("people"))
    erase(lina)
    assert not Copy.objects.exists() and not list(written("people"))


def test_the_mail_folder_forgets_her_and_keeps_the_neighbours(lina, settings):
    settings.EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"
    for address in (EMAIL, "ola@cn.example"):
        queue_mail(to=address, template="privacy/mail/erased", context={"number": address}, language="nb")
    run_jobs()
    assert {message.to for message in mailbox.messages()} == {EMAIL, "ola@cn.example"}
    erase(lina)
    assert sorted(message.to for message in mailbox.messages()) == [mailbox.ERASED, "ola@cn.example"]
    assert EMAIL.encode() not in b"".join(path.read_bytes() for path in written("mail"))


def test_a_big_upload_leaves_nothing_in_the_temporary_folder(settings, tmp_path, client, db, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR, seen = str(tmp_path), []
    real = TemporaryUploadedFile.close

    def close(self):
        seen.append(Path(self.temporary_file_path()).read_bytes()[:10])
        real(self)

    monkeypatch.setattr(TemporaryUploadedFile, "close", close)
    content = CANARY.encode() * 300_000
    client.post("/account/sign-in/", {"file": SimpleUploadedFile("cv.pdf", content)})
    assert seen == [CANARY.encode()] and list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir() != str(tmp_path)


@pytest.mark.django_db(transaction=True)
def test_no_byte_is_left_in_the_files_of_the_database(lina, page):
    if connection.vendor != "sqlite":
        # The server's files are not ours to read; what is sealed there cannot be opened any more.
        erase(lina)
        assert places() == set()
        return
    Comment.objects.create(page=page, user=lina, text=CANARY * 500, contentpath="title")
    assert CANARY.encode() in raw_bytes()
    erase(lina)
    run_jobs()
    assert CANARY.encode() not in raw_bytes() and EMAIL.encode() not in raw_bytes()


@pytest.mark.django_db(transaction=True)
def test_no_byte_is_left_in_any_file_of_the_house(lina, page, client, settings):
    """Database, log of writes, ledger, people's files, pictures, mail, trail and whatever else lies in the folder."""
    settings.EMAIL_BACKEND = "cn_portal.mailbox.FileMailbox"
    on_file = connection.vendor == "sqlite"
    ola = get_user_model().objects.create_user("ola@cn.example", first_name="Ola", verified=True)
    for address, subject in ((EMAIL, lina.subject), (ola.email, ola.subject)):
        queue_mail(to=address, template="privacy/mail/erased", context={"number": "1"}, language="nb", subject=subject)
    Comment.objects.create(page=page, user=lina, text=CANARY * 500, contentpath="title")
    page.save_revision(user=lina)
    get_image_model().objects.create(title="Pot", file=small_picture(), uploaded_by_user=lina)
    attempt(EMAIL, "wrong")
    client.force_login(lina, backend="cn_portal.accounts.backends.PasswordBackend")
    session = client.session
    session["typed"] = CANARY
    session.save()
    paper = io.BytesIO(CANARY.encode() * 9)
    store_file(lina.subject, stream=paper, display_name=f"{CANARY}.pdf", media_type="application/pdf", by=lina)
    request_copy(lina.subject, by=lina)
    run_jobs()
    seal_trail()
    assert list(written("people")) and list(written("mail")) and list(written("media"))
    found = files_with(CANARY, EMAIL)
    assert any("mail" in path.parts for path in found)
    assert any(path.name.startswith("test-default.sqlite3") for path in found) is on_file
    assert files_with(ola.email)
    erase(lina)
    seal_trail()
    assert files_with(CANARY, EMAIL) == [] and places() == set()
    assert files_with(ola.email) and get_user_model().objects.filter(pk=ola.pk).exists()


def files_with(*texts):
    """The files of the house in whose bytes, or in whose names, one of these texts stands, in any case of letters."""
    looked_for = [text.lower().encode() for text in texts]
    return [
        path
        for path in written(".")
        if any(text in path.read_bytes().lower() or text in str(path).lower().encode() for text in looked_for)
    ]


def raw_bytes():
    names = [str(connections[alias].settings_dict["NAME"]) for alias in connections]
    paths = [Path(name + ending) for name in names for ending in ("", "-wal", "-journal")]
    return b"".join(path.read_bytes() for path in paths if path.exists())


def written(folder):
    return [path for path in Path(django_settings.VAR, folder).rglob("*") if path.is_file()]


# All of them


def tables():
    found = set()
    for alias in connections:
        with connections[alias].cursor() as cursor:
            found |= set(connections[alias].introspection.table_names(cursor))
    return found


def uncovered(found):
    """Tables that no declaration, no excuse and no test accounts for, and excused ones that name actors untested."""
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    excuses = {excuse.model: excuse for excuse in registry.excuses()}
    missing = set()
    for table in found - OF_THE_DATABASE - set(COVERED):
        model = known.get(table)
        excuse = excuses.get(model)
        is_between = model is not None and model._meta.auto_created and not _leads_to_people(model)
        is_ours = model is not None and model._meta.app_label in OURS
        if model is None and not _is_shadow(table, found):
            missing.add(table)
        if model is None or registry.declaration_of(model) or is_between:
            continue
        if excuse is None or (excuse.actors and not is_ours):
            missing.add(table)
    return missing


OF_THE_DATABASE = {"django_migrations", "sqlite_sequence"}


def _leads_to_people(model):
    return any(field.related_model is get_user_model() for field in model._meta.concrete_fields if field.is_relation)


def _is_shadow(table, found):
    ends = ("_data", "_idx", "_content", "_docsize", "_config")
    return any(table.endswith(end) and table.removesuffix(end) in found for end in ends)


def test_every_table_of_both_databases_is_declared_excused_or_tested_here(db):
    found = tables()
    assert len(found) > 90 and uncovered(found) == set()
    assert uncovered(found | {"somebody_elses_table"}) == {"somebody_elses_table"}
    assert {name for name in COVERED.values() if name not in globals()} == set()
    assert set(COVERED) - found <= {"wagtailsearch_indexentry_fts"}
