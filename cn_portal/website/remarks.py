"""Remarks on pages, which Wagtail copies into versions of the page and into its log (T29).

A remark that goes, goes from the versions too, whoever deletes it: a colleague in the editor, the clock, the erasure of
a person. The log notes that there was a remark, when and where, and never what it said.
"""

from django.db.models.signals import post_delete, pre_save
from wagtail.models import COMMENTS_RELATION_NAME, Comment, CommentReply, PageLogEntry, Revision


def connect() -> None:
    """Called once when the app is ready."""
    post_delete.connect(_comment_gone, sender=Comment, dispatch_uid="website-comment-gone")
    post_delete.connect(_reply_gone, sender=CommentReply, dispatch_uid="website-reply-gone")
    pre_save.connect(_log_written, sender=PageLogEntry, dispatch_uid="website-remark-logged")


def _comment_gone(instance, **_kwargs) -> None:
    for revision, remarks in _versions(instance.page_id):
        _store(revision, [remark for remark in remarks if remark.get("pk") != instance.pk])


def _reply_gone(instance, **_kwargs) -> None:
    page = Comment.objects.filter(pk=instance.comment_id).values_list("page", flat=True).first()
    for revision, remarks in _versions(page):
        _store(revision, [remark | {"replies": _without(remark, instance.pk)} for remark in remarks])


def _without(remark: dict, key) -> list:
    return [reply for reply in remark.get("replies", []) if reply.get("pk") != key]


def _versions(page_key):
    """The versions of a page that hold remarks, each with what it holds."""
    for revision in Revision.page_revisions.filter(object_id=str(page_key)):
        if remarks := revision.content.get(COMMENTS_RELATION_NAME):
            yield revision, remarks


def _store(revision, remarks: list) -> None:
    if remarks != revision.content[COMMENTS_RELATION_NAME]:
        revision.content[COMMENTS_RELATION_NAME] = remarks
        revision.save(update_fields=["content"])


def _log_written(instance, **_kwargs) -> None:
    if instance.action.startswith("wagtail.comments."):
        for part in ("comment", "reply"):
            if part in instance.data:
                instance.data = instance.data | {part: instance.data[part] | {"text": "…"}}
