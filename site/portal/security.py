from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Public pages hold no inline script or style, so they need neither nonce nor unsafe-*.
PUBLIC = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# Wagtail's editor writes inline styles and scripts, and shows previews of territory hosts in a
# frame. Only people who edit meet this policy, on the admin host.
ADMIN = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "frame-src 'self' http: https:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


def public_policy() -> str:
    """The public policy; pictures may come from the maps' tile server too, when there is one."""
    tiles = urlsplit(settings.MAP_TILES["url"].replace("{s}", "*")) if settings.MAP_TILES else None
    if tiles is None or not tiles.netloc:
        return PUBLIC
    return PUBLIC.replace("img-src 'self'", f"img-src 'self' {tiles.scheme}://{tiles.netloc}")


class ContentSecurityPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.public = public_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_admin = request.path_info.startswith("/admin/")
        policy = ADMIN if is_admin else self.public
        if getattr(request, "is_dummy", False):
            # A preview: a public page in a frame of the editor.
            policy = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        if framed := getattr(response, "framed_origin", ""):
            # The page of one hosted video.
            policy = f"{policy}; frame-src {framed}"
        response.headers.setdefault("Content-Security-Policy", policy)
        if is_admin:
            # The editor shows its previews in a frame; nothing else may be framed.
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
