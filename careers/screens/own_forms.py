"""What applicants fill in on their own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawForm(forms.Form):
    """Nothing is asked; whoever is in the talent pool may leave it in the same step."""

    leave_pool = forms.BooleanField(label=_("Take me out of the talent pool as well"), required=False)
