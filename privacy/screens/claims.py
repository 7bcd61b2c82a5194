"""A record from before: somebody wrote to us with this mailbox, and the person says whether it was them (T31)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from privacy import actions, queries
from privacy.actions.subjects import claimable_by
from privacy.screens.step_up import own_page


@own_page("POST")
def claim(request, key):
    """ "That was me": the record joins this person's page. Only a record that proved the same mailbox can be named."""
    subject = queries.subject_of(request.user)
    claimed = claimable_by(subject).filter(pk=key).first()
    if claimed is None:
        raise Http404
    actions.claim_subject(subject, claimed=claimed, by=request.user)
    messages.success(request, _("Now it is on your page, with everything else we hold about you."))
    return redirect("privacy:my-data")
