"""What every installation shares. The rooms are named here by string; nothing imports them."""

import os
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path

PORTAL = Path(__file__).resolve().parent.parent
ROOT = PORTAL.parent.parent
# What an installation writes: database, uploads, collected static files.
VAR = Path(os.environ.get("CITES_VAR", ROOT / "var"))

DEBUG = False

# In-house plugins. A third-party one is found through its entry point, without a line here.
PLUGINS = ["newsletter", "labelling", "agenda", "cooperation", "newsroom", "resources_directory"]
THIRD_PARTY_PLUGINS = sorted(
    entry_point.value for entry_point in entry_points(group="cites_emploi.plugins")
)

INSTALLED_APPS = [
    "portal.demo",
    "portal.home",
    "portal.languages",
    "portal.search",
    "portal.styles",
    *THIRD_PARTY_PLUGINS,
    *PLUGINS,
    "territories",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.security.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After static files, which its page needs; before all that asks the database.
    "territories.maintenance.MaintenanceMiddleware",
    "portal.caching.PublicAnswersMiddleware",
    "territories.hosts.HostMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "territories.people.second_factor.gate.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "territories.plugins.gate.PluginGateMiddleware",
    "territories.private_space.readers.PrivateAnswersMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PORTAL / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "territories.plugins.themes.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "territories.frame.frame",
            ],
        },
    },
]

# tried: six threads publishing lost 107 of 120 saves without these three, none with them.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "cites.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by every process of one machine: Wagtail keeps the sites' root paths in it, and a
# territory made by a command must be known to the server at once.
CACHES = {
    alias: {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache" / alias,
        "TIMEOUT": timeout,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
    for alias, timeout in (("default", 3600), ("renditions", 7 * 24 * 3600))
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Wagtail's own (admin) search always uses the database; SEARCH_URL serves public search only.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.admin_search"}}
SEARCH_URL = os.environ.get("SEARCH_URL", "")
# Seconds after which the database answers in place of the engine.
SEARCH_TIMEOUT = float(os.environ.get("SEARCH_TIMEOUT") or 1)
# How many questions a minute one address may ask: of the API, and while somebody types, where many
# people may share an address. 0: as many as it likes.
SEARCH_API_PER_MINUTE = int(os.environ.get("SEARCH_API_PER_MINUTE") or 60)
SEARCH_TYPING_PER_MINUTE = int(os.environ.get("SEARCH_TYPING_PER_MINUTE") or 600)

# How letters leave: smtp: (as every other message), smtp://, brevo://, mailchimp://, export:. A
# territory may have another way, LETTERS_URL_<SLUG>: see docs/operations.md.
LETTERS_URL = os.environ.get("LETTERS_URL") or "smtp:"
LETTERS_URLS = {
    name.removeprefix("LETTERS_URL_"): value
    for name, value in os.environ.items()
    if name.startswith("LETTERS_URL_")
}
# 0: as fast as the server takes them.
LETTERS_PER_MINUTE = int(os.environ.get("LETTERS_PER_MINUTE") or 0)
# Seconds after which a server that says nothing is taken for gone.
LETTERS_TIMEOUT = float(os.environ.get("LETTERS_TIMEOUT") or 60)

# The background of the maps: {"url": "https://…/{z}/{x}/{y}.png", "attribution": "© …"}. None draws
# a plain ground, and no visitor's address goes to a third party.
MAP_TILES = None
if os.environ.get("MAP_TILES_URL"):
    MAP_TILES = {
        "url": os.environ["MAP_TILES_URL"],
        "attribution": os.environ.get("MAP_TILES_ATTRIBUTION", ""),
    }

# What everybody may do with /open-data/: the name of the licence, and where it is told.
OPEN_DATA_LICENCE = (
    "Licence Ouverte 2.0",
    "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
)

# A place this near to the border of a priority neighbourhood counts as in it: the point of an
# address is on the pavement, and perimeters run down the middle of streets.
QPV_TOLERANCE_METRES = float(os.environ.get("QPV_TOLERANCE_METRES", "30"))
# Where addresses are looked up, as https://data.geopf.fr/geocodage/search; empty, nowhere.
GEOCODER = "territories.places.geocoding.ban.Ban"
GEOCODER_URL = os.environ.get("GEOCODER_URL", "")

# Asked wherever a person chooses a password; code that makes an account may give any.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "territories.people.log_in.AddressBackend",
]
WAGTAILADMIN_USER_LOGIN_FORM = "territories.people.log_in.AdminLogInForm"
# How many reverse proxies of ours write in X-Forwarded-For.
TRUSTED_PROXIES = 0

# Five wrong passwords from one place for one account close the door to both for a while. Counted
# in the database, which every process shares; what was counted goes once it is over.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken"]
AXES_USERNAME_CALLABLE = "territories.people.log_in.name_tried"
AXES_CLIENT_IP_CALLABLE = "territories.people.log_in.address_of"
AXES_LOCKOUT_CALLABLE = "territories.people.log_in.too_many_tries"
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Cités de l’emploi"

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("fr", "Français"),
    ("en", "English"),
    ("ar", "العربية"),
]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [PORTAL / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
WAGTAIL_I18N_ENABLED = True
# An untranslated copy stays a draft until somebody has translated it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# The style page answers anybody; otherwise the national team alone.
SHOWS_STYLES = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PORTAL / "static"]
# Scanned papers that nobody but their own view hands over: no proxy serves this folder.
PRIVATE_ROOT = VAR / "private"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# Drawn for messages, again when they are lost.
PICTURES_ROOT = VAR / "pictures"
# `manage.py maintenance on` writes it, on each machine that serves.
MAINTENANCE_FLAG = VAR / "maintenance.json"
# In production the reverse proxy serves uploads; see docs/operations.md.
SERVES_MEDIA = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Every host is checked against Wagtail's Sites by HostMiddleware, so that a new territory
# answers without a redeployment.
ALLOWED_HOSTS = ["*"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

# Search engines are let in; see robots.txt.
IS_INDEXED = True

WAGTAIL_SITE_NAME = "Cités de l’emploi"
DEFAULT_FROM_EMAIL = f"{WAGTAIL_SITE_NAME} <ne-pas-repondre@localhost>"
# A mailbox for letters that come back: see docs/operations.md. Empty: nobody reads them.
LETTERS_BOUNCES_ADDRESS = os.environ.get("LETTERS_BOUNCES_ADDRESS", "")
WAGTAILADMIN_BASE_URL = os.environ.get("CITES_ADMIN_URL", "http://localhost:8000")
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
# Addresses are said on the telephone and written on posters.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# What is submitted in a territory waits for its coordination: see territories/review.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_IMAGE_FORM_BASE = "territories.vocabulary.tags.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "territories.vocabulary.tags.DocumentForm"
# On a territory's host; on the portal it leads to the admin's own.
WAGTAIL_FRONTEND_LOGIN_URL = "private_space:log_in"
# A log-in says who reads; a password that goes round says nothing.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "gpx", "odt", "ods", "pdf", "pptx", "txt", "xlsx", "zip"),
    # Videos and their captions.
    *("mp4", "webm", "vtt"),
]
# Instances of PeerTube whose videos may be shown; YouTube, Vimeo and Dailymotion are known.
PEERTUBE_HOSTS = os.environ.get(
    "PEERTUBE_HOSTS", "framatube.org tube.numerique.gouv.fr video.blender.org"
).split()
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
