"""The members' door as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from concerted.config.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")  # noqa: TID251
application = get_wsgi_application()
_ = get_resolver().url_patterns  # the pages' modules too are loaded before the first visitor
settle()
