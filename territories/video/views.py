from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .hosts import video_at
from .watching import read_token


@require_safe
def watch(request: HttpRequest, token: str) -> HttpResponse:
    """The one page that frames another site: its policy allows this video's host and no other."""
    told = read_token(token, request.territory)
    video = video_at(told["url"]) if told else None
    if told is None or video is None:
        raise Http404
    context = {"video": video, "title": told["title"], "back": told["back"]}
    response = render(request, "territories/video/watch.html", context)
    response["X-Robots-Tag"] = "noindex"
    # Read by ContentSecurityPolicyMiddleware.
    response.framed_origin = video.origin
    return response
