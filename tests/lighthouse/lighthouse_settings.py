"""Production; what the proxy of docs/nginx.conf does in front of it is done here.

HTTP/1.1 stays HTTP/1.1, which is slower than the proxy's HTTP/2.
"""

from portal.settings.production import *  # noqa: F403

MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]  # noqa: F405
SERVES_MEDIA = True
SECURE_SSL_REDIRECT = False
