"""Production mode, seen from a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ENVIRON = {
    "CONCERTED_PRODUCTION": "yes",
    "CONCERTED_SECRET_KEY": "".join(chr(33 + place) for place in range(64)),
    "CONCERTED_HOSTS": "concerted.example.org",
    "CONCERTED_ORIGINS": "https://concerted.example.org",
    "DATABASE_URL": "postgresql://app:secret@db.example.org/concerted",
    "DJANGO_SETTINGS_MODULE": "concerted.config.settings",
}

CHECK = """
import django; django.setup()
from django.core.management import call_command
call_command("check", "--deploy", "--fail-level", "DEBUG")
"""

SHOW = """
import django; django.setup()
from django.conf import settings
import json
print(json.dumps({name: getattr(settings, name) for name in %r}))
"""

FLAGS = {
    "DEBUG": False,
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "ALLOWED_HOSTS": ["concerted.example.org"],
    "CLUSTER": None,
    "GALLERY": False,
}


def run(code: str, home: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    environ = ENVIRON | {"CONCERTED_HOME": str(home), "PATH": "/usr/bin:/bin"} | changes
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_the_deployment_check_finds_nothing(tmp_path):
    done = run(CHECK, tmp_path)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_cookies_and_addresses_are_strict(tmp_path):
    done = run(SHOW % list(FLAGS), tmp_path)

    assert json.loads(done.stdout) == FLAGS, done.stderr


def test_no_address_of_the_owner_is_there_unless_it_is_given(tmp_path):
    done = run(SHOW % ["DATABASES"], tmp_path)

    assert list(json.loads(done.stdout)["DATABASES"]) == ["default"], done.stderr


def test_a_bad_environment_is_one_message_and_no_traceback(tmp_path):
    environ = {"CONCERTED_HOME": str(tmp_path), "CONCERTED_PRODUCTION": "yes", "PORT": "x"}
    done = subprocess.run(
        [sys.executable, "-m", "concerted.cli", "serve"],
        env=environ | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "PORT is not a whole number" in done.stderr
    assert "CONCERTED_SECRET_KEY" in done.stderr
