"""A burst of posted forms from one place is stopped, and who is stopped by mistake reads how to say so (N24, T16)."""

from django.conf import settings
from django.shortcuts import render

from privacy.throttle import allows, visitor

SECONDS = 60


class Bursts:
    """Counts what strangers post, per visitor and minute; beyond `settings.MOST_POSTS_A_MINUTE` the answer is 429.

    Nobody is judged by a machine: the limit ends by itself after a minute, and the page says whom to write to. Who is
    signed in is known and not counted here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method != "POST" or request.user.is_authenticated:
            return self.get_response(request)
        who = visitor(request)
        if not who or allows("posts", who=who, most=settings.MOST_POSTS_A_MINUTE, seconds=SECONDS):
            return self.get_response(request)
        answer = render(request, "429.html", status=429)
        answer["Retry-After"] = str(SECONDS)
        answer["Cache-Control"] = "no-store"
        return answer
