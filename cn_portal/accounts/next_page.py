"""Where somebody goes after signing in or confirming: only ever to an address of this site."""

from django.utils.http import url_has_allowed_host_and_scheme

MY_DATA = "/my-data/"
ADMIN = "/admin/"
# Going there would end what has just begun, or run in a circle.
NEVER = ("/account/sign-in/", "/account/sign-out/", "/account/second-factor/", "/account/confirm/")


def wished(request) -> str:
    """The address asked for in `next`, or an empty string when there is none or it leads elsewhere."""
    target = request.POST.get("next", request.GET.get("next", ""))
    hosts = {request.get_host()}
    ours = url_has_allowed_host_and_scheme(target, allowed_hosts=hosts, require_https=request.is_secure())
    return target if ours and not target.startswith(NEVER) else ""


def after_sign_in(request, user) -> str:
    """The address asked for, else the staff pages for staff and the person's own page for everybody else."""
    return wished(request) or (ADMIN if user.may_enter_admin else MY_DATA)
