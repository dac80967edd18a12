"""Settings of the tests: a folder and a PostgreSQL of their own, and hashes that cost nothing."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = ("CONCERTED_", "DATABASE_", "EDITION_", "PORT", "PUBLIC_")
for name in [one for one in os.environ if one.startswith(OURS)]:
    del os.environ[name]
os.environ["CONCERTED_HOME"] = str(ROOT / "var" / "test")
os.environ["CONCERTED_GALLERY"] = "yes"

from concerted.config.settings import *  # noqa: E402, F403
from concerted.config.settings import HOME, STORAGES  # noqa: E402
from concerted.postgres import Cluster  # noqa: E402

CLUSTER = Cluster(HOME / "postgres", fast=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
