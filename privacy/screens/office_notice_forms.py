"""What the office says about a new version of the notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy.actions.notice_mails import AUDIENCES


class DraftForm(forms.Form):
    """Whether the change is significant, what it is in words, and, when it is, who is told and from which day."""

    material = forms.BooleanField(
        label=_("This is significant: people might decide differently if they knew"),
        required=False,
        help_text=_("A new purpose, a longer period, a new recipient or kind of facts always is, whatever you choose."),
    )
    changes_nb = forms.CharField(
        label=_("What changes, in Norwegian"), required=False, max_length=1500, widget=forms.Textarea({"rows": 4})
    )
    changes_en = forms.CharField(
        label=_("What changes, in English"), required=False, max_length=1500, widget=forms.Textarea({"rows": 4})
    )
    audiences = forms.MultipleChoiceField(
        label=_("Who is told, if it is significant"),
        choices=list(AUDIENCES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who follow the notice hear of every version. Nothing chosen means all of these."),
    )
    social = forms.BooleanField(
        label=_("Also write a text for social media"),
        required=False,
        help_text=_("You get a text to post. E-mail and the banner on the site always go out."),
    )
    wanted_from = forms.DateField(
        label=_("To apply from, if it is significant"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Not before 14 days after the last e-mail has been sent."),
    )

    def said(self) -> dict:
        """The arguments of `actions.draft_notice`."""
        data = self.cleaned_data
        return {
            "material": data["material"],
            "changes": {"nb": data["changes_nb"], "en": data["changes_en"]},
            "audiences": data["audiences"],
            "channels": ["social"] if data["social"] else [],
            "wanted_from": data["wanted_from"],
        }
