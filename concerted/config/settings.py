"""Settings of the members' door, made from the environment alone."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from concerted.config.env import database, load, secrets_by_name
from concerted.postgres import Cluster

ENV = load()
PACKAGE = Path(__file__).resolve().parent.parent

HOME = ENV.home.resolve()
PRODUCTION = ENV.production
DEBUG = False
DEMONSTRATION = ENV.demonstration
GALLERY = ENV.gallery


def _kept_secret() -> str:
    """A secret of this installation's own, made at the first start, for use without production."""
    path = HOME / "secret.key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY = ENV.secret_key or _kept_secret()
ALLOWED_HOSTS = [host.strip() for host in ENV.hosts.split(",")]
CSRF_TRUSTED_ORIGINS = [origin.strip() for origin in ENV.origins.split(",") if origin.strip()]

# Without an address Concerted runs its own PostgreSQL, under its own folder.
EMBEDDED = not ENV.database_url
CLUSTER = Cluster(HOME / "postgres") if EMBEDDED else None
APP_ROLE, OWNER_ROLE, DATABASE = "concerted_app", "concerted_owner", "concerted"


def _own(role: str, name: str = DATABASE) -> dict[str, Any]:
    assert CLUSTER  # noqa: S101
    dsn = CLUSTER.dsn(name, role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": dsn["dbname"],
        "USER": dsn["user"],
        "HOST": str(dsn["host"]),
        "PORT": str(dsn["port"]),
    }


DATABASES: dict[str, dict[str, Any]] = {
    "default": database(ENV.database_url) if ENV.database_url else _own(APP_ROLE),
}
DATABASES["default"] |= {"CONN_MAX_AGE": 300, "CONN_HEALTH_CHECKS": True}
# Of what is asked on every page PostgreSQL keeps the plan from the first time (access/prepared.py).
DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = 0
# Only migrations own tables: a serving process has no need of this address.
if ENV.database_owner_url:
    DATABASES["owner"] = database(ENV.database_owner_url)
elif EMBEDDED:
    DATABASES["owner"] = _own(OWNER_ROLE)

# The public edition: a database of its own, to which this side pushes. Our own PostgreSQL holds it
# as a second database; where the members' is elsewhere and this is not named, there is none.
EDITION_DATABASE = "concerted_edition"
EDITION_OWNER_ROLE, EDITION_PUSH_ROLE = "concerted_edition_owner", "concerted_edition_push"
EDITION_DOOR_ROLE = "concerted_edition_door"
EDITION_EMBEDDED = EMBEDDED and not ENV.edition_url
if ENV.edition_url:
    DATABASES["edition"] = database(ENV.edition_url)
elif EDITION_EMBEDDED:
    DATABASES["edition"] = _own(EDITION_PUSH_ROLE, EDITION_DATABASE)
if ENV.edition_owner_url:
    DATABASES["edition_owner"] = database(ENV.edition_owner_url)
elif EDITION_EMBEDDED:
    DATABASES["edition_owner"] = _own(EDITION_OWNER_ROLE, EDITION_DATABASE)
DATABASE_ROUTERS = ["concerted.public_door.router.EditionRouter"]
PUBLIC_ADDRESS = (ENV.public_address or f"http://localhost:{ENV.public_port}").rstrip("/")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.Account"
ROOT_URLCONF = "concerted.config.urls"
WSGI_APPLICATION = "concerted.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "concerted.access",
    "concerted.audit",
    "concerted.ui",
    "concerted.public_door",
    "concerted.jobs",
    "concerted.notices",
    "concerted.people",
    "concerted.restrictions",
    "concerted.documents",
    "concerted.actions",
    "concerted.papers",
    "concerted.crime",
    "concerted.meetings",
    "concerted.imports",
    "concerted.agendas",
    "concerted.interests",
    "concerted.series",
    "concerted.attending",
    "concerted.forward_plan",
    "concerted.raising",
    "concerted.reports_back",
    "concerted.arising",
    "concerted.packs",
    "concerted.paper_calls",
    "concerted.crime_reports",
    "concerted.briefs",
    "concerted.notifying",
    "concerted.minuting",
    "concerted.word_files",
    "concerted.editions",
    "concerted.retention",
    "concerted.desk",
    "concerted.search",
    "concerted.subject_access",
    "concerted.erasure",
    "concerted.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Adds bytes at random, so that the length of an answer tells nothing of its secrets.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "concerted.audit.requests.RequestLogMiddleware",
    "concerted.access.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before the transaction of the request, so that a try counts whatever becomes of it.
    "concerted.access.middleware.LimitMiddleware",
    "concerted.people.middleware.ActorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "concerted.access.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "concerted.ui.backend.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "concerted.ui.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "concerted.ui.context.page",
            ],
        },
    },
    # allauth renders its plain-text mails with Django's own templates.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

# The head of every page: label, the route it leads to.
NAVIGATION = [
    ("Home", "desk:home"),
    ("Meetings", "meetings:list"),
    ("Papers", "papers:list"),
    ("Decisions", "meetings:decisions"),
    ("Actions", "actions:mine"),
    ("Crime figures", "crime:report"),
    ("People", "people:bodies"),
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
FILES = HOME / "files"
LAKE = HOME / "lake"  # crime records
# What was erased, by numbers alone: beside the database, so that no restore brings it back.
ERASURE_LEDGER = HOME / "erasures.ledger"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# What somebody may hand over at once: 60 MB and more is refused before it is read.
UPLOAD_LIMIT = 50 * 1024 * 1024
# 1,000 files are the most of one handover; LimitHandler says so in a sentence before this does.
DATA_UPLOAD_MAX_NUMBER_FILES = 1100
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "concerted.documents.uploads.LimitHandler",
    "concerted.documents.uploads.OneFileHandler",
]

AUTHENTICATION_BACKENDS = ["concerted.access.signin.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "concerted.access.signin.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "concerted.access.links.LinkTokens"  # noqa: S105
# Tries are counted by access.limits, in a table: the cache forgets when it is full.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
MFA_ADAPTER = "concerted.access.signin.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# What authenticator apps show beside the code.
MFA_TOTP_ISSUER = "Concerted"
# The name that passkeys are bound to; empty for the name in the browser's address bar.
PASSKEY_HOST = ENV.passkey_host or (ENV.hosts.split(",")[0].strip() if PRODUCTION else "")
REMEMBER_DEVICE = timedelta(days=30)
# How long after a password or code the pages that matter do not ask for one again.
RECENT_SIGN_IN = timedelta(minutes=10)
# What each organisation's directory knows this client by, under the directory's name.
DIRECTORY_SECRETS = secrets_by_name(ENV.directory_secrets)
# How many proxies stand before this server: only what they add says who asks.
PROXIES = ENV.proxies if ENV.proxies >= 0 else int(PRODUCTION)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {"NAME": "concerted.access.passwords.OwnWordsValidator"},
]

# Rate limits hold across processes only in a shared cache.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "concerted_cache",
    }
}

SESSION_ENGINE = "concerted.access.sessions"
# A session ends when nobody used it for so long, and at the latest so long after sign-in.
SESSION_IDLE = timedelta(minutes=ENV.session_minutes)
SESSION_LONGEST = timedelta(hours=ENV.session_hours)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "concerted.ui.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Where links in mails lead: the first origin, or the first host, that people reach the site under.
HERE = f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://localhost:{ENV.port}"
ADDRESS = (CSRF_TRUSTED_ORIGINS or [HERE])[0].rstrip("/")
# Without a mail server, mails are kept as files, where whoever tries things out can read them.
MAIL_GOES_OUT = bool(ENV.mail_host)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MAIL_GOES_OUT
    else "django.core.mail.backends.dummy.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_TIMEOUT = 30
EMAIL_HOST = ENV.mail_host
EMAIL_PORT = ENV.mail_port
DEFAULT_FROM_EMAIL = ENV.mail_from
# When the one mail of the day goes, by the clocks in Britain; on weekdays.
DIGEST_AT = ENV.digest_time

PROCRASTINATE_IMPORT_PATHS = [
    "concerted.audit.tasks",
    "concerted.editions.tasks",
    "concerted.desk.tasks",
    "concerted.imports.tasks",
    "concerted.interests.tasks",
    "concerted.jobs.tasks",
    "concerted.public_door.tasks",
    "concerted.notices.tasks",
    "concerted.notifying.tasks",
    "concerted.people.tasks",
    "concerted.retention.tasks",
    "concerted.subject_access.tasks",
    "concerted.erasure.tasks",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "concerted.config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "concerted": {"level": "INFO"},
        # Its lines carry addresses; ours carry route names (audit.requests).
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
