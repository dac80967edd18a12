"""The members' door as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")  # noqa: TID251
application = get_wsgi_application()
