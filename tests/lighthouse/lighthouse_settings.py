"""Production, with what its proxy does done here: docs/nginx.conf compresses, serves uploads, ends TLS.

HTTP/1.1 stays HTTP/1.1, which is slower than the proxy's HTTP/2.
"""

from portal.settings.production import *

MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]  # noqa: F405
SERVES_MEDIA = True
SECURE_SSL_REDIRECT = False
