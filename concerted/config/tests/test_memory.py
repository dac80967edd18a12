"""What a web worker has loaded is left out of every later collection."""

import os
import subprocess
import sys

ASKED = """
import gc, sys
import concerted.config.wsgi
loaded = "concerted.meetings.views" in sys.modules
print(loaded, gc.get_freeze_count() > 100_000, gc.get_threshold()[0])
"""


def test_a_loaded_worker_goes_through_its_own_code_no_more():
    environ = dict(os.environ, DJANGO_SETTINGS_MODULE="tests.settings")  # noqa: TID251
    said = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, check=True, env=environ
    )
    assert said.stdout.split() == ["True", "True", "10000"]
