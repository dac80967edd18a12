"""Settings of the measurements: those of service, with a folder and a PostgreSQL of their own."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = HERE.parent / "var" / "bench"
WHERE = KEPT / "home"
environ = os.environ  # noqa: TID251 - set before the settings read it
OURS = ("CONCERTED_", "DATABASE_", "EDITION_", "PUBLIC_")
for name in [one for one in environ if one.startswith(OURS)]:
    del environ[name]
environ["CONCERTED_HOME"] = str(WHERE)

from concerted.config.settings import *  # noqa: E402, F403
from concerted.config.settings import HOME, LOGGING  # noqa: E402

# Nobody signs in here by password: making nine of them slowly would only take time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

HOME.mkdir(parents=True, exist_ok=True)
# The same lines as in service, into a file: the terminal is for the results.
LOGGING["handlers"] = {
    "stderr": {
        "class": "logging.FileHandler",
        "filename": HOME / "requests.log",
        "mode": "w",
        "formatter": "line",
    }
}
