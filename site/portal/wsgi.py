import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

# What was loaded stays for good: a collection need not walk through it again and again, nor begin
# at every 700 objects. Of a large list it took as long as all the rest (tests/bench/guide.py).
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
