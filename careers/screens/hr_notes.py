"""Notes on the staff's page of one application: write, correct within a day, and cover what names other people."""

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers import actions
from careers.blindness import is_blind
from careers.rules.assessments import COVERED, may_correct_note
from careers.screens.application_panels import Panel
from careers.withholding import is_withheld, readable
from privacy.queries import active
from privacy.screens.scoping import ScopedRowView, unlock

_OTHERS = gettext_lazy(
    "Does a passage name somebody else, a referee perhaps? Copy it here, one per line. The applicant gets the note "
    "with these passages covered."
)


COVER_LEAD = gettext_lazy(
    "The hiring team goes on reading all of it. The applicant gets the rest, and their copy says that something "
    "about somebody else is withheld."
)


class NoteForm(forms.Form):
    """A note, and what of it is about somebody else."""

    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=2000,
        help_text=gettext_lazy("The applicant gets your notes in their copy. Write what you could say to them."),
        widget=forms.Textarea({"rows": 3}),
    )
    about_others = forms.CharField(
        label=gettext_lazy("Passages about others"),
        required=False,
        help_text=_OTHERS,
        widget=forms.Textarea({"rows": 2}),
    )


class CoverForm(forms.Form):
    """Passages of a note or a reason that is written already, or all of it."""

    passages = forms.CharField(
        label=gettext_lazy("Passages about others"),
        required=False,
        help_text=gettext_lazy("One per line, exactly as they stand. Nothing here: it is uncovered again."),
        widget=forms.Textarea({"rows": 3}),
    )
    whole = forms.BooleanField(label=gettext_lazy("All of it is about somebody else"), required=False)


def panel(request, row) -> Panel | None:
    """The notes in full, for the hiring team; nothing while a blind review hides who it is."""
    if is_blind(row, request.user):
        return None
    now = timezone.now()
    notes = [
        {
            "row": note,
            "text": note.in_full or note.text,
            "is_covered": bool(note.in_full),
            "may_correct": note.author_id == request.user.pk and may_correct_note(written_at=note.written_at, now=now),
        }
        for note in unlock(readable(active(row.notes.select_related("author", "application__subject"))))
    ]
    urls = {name: reverse(f"careers_applications:{name}", args=[row.pk]) for name in ROW_VIEWS}
    context = {
        "notes": notes,
        "form": NoteForm(),
        "add_url": urls["note"],
        "correct_url": urls["note-correct"],
        "cover_url": urls["note-cover"],
    }
    return Panel(gettext_lazy("Notes"), "careers/admin/notes_panel.html", context)


class AddNote(ScopedRowView):
    """Something written down about the application."""

    page_title = gettext_lazy("Note")
    confirm_label = gettext_lazy("Save the note")
    form_class = NoteForm

    def act(self, form):
        actions.add_note(self.row, **form.cleaned_data, by=self.request.user)
        return _("The note is saved.")


class NoteView(ScopedRowView):
    """An act on one note, named in the address by its key."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        wanted = request.GET.get("note", "")
        rows = active(self.row.notes.select_related("application__subject"))
        self.note = next((each for each in rows if str(each.pk) == wanted), None)
        if self.note is None or is_withheld(self.note):
            raise Http404


class CorrectNote(NoteView):
    """The author's own note within 24 hours: other words, or none."""

    page_title = gettext_lazy("Correct the note")
    confirm_label = gettext_lazy("Save the note")
    lead = gettext_lazy("You can correct or remove your own note for 24 hours. After that it stays.")
    template_name = "careers/admin/notes_correct.html"
    form_class = NoteForm

    def get_initial(self):
        return {"text": self.note.in_full or self.note.text}

    def get_form(self):
        form = super().get_form()
        if self.request.POST.get("do") == "remove":
            form.fields["text"].required = False
        return form

    def act(self, form):
        if self.request.POST.get("do") == "remove":
            actions.remove_note(self.note, by=self.request.user)
            return _("The note is being erased.")
        actions.correct_note(self.note, **form.cleaned_data, by=self.request.user)
        return _("The note is corrected.")


class CoverNote(NoteView):
    """Mark what is about somebody else: the applicant gets the rest (GDPR Art 15(4))."""

    page_title = gettext_lazy("Names others")
    confirm_label = gettext_lazy("Cover it for the applicant")
    lead = COVER_LEAD
    form_class = CoverForm

    def facts(self):
        facts = [(_("Note"), self.note.in_full or self.note.text)]
        return facts + ([(_("The applicant gets"), self.note.text)] if COVERED in self.note.text else [])

    def act(self, form):
        actions.cover_note(self.note, **form.cleaned_data, by=self.request.user)
        return _("The note is saved.")


ROW_VIEWS = {"note": AddNote, "note-correct": CorrectNote, "note-cover": CoverNote}
