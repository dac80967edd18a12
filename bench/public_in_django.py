"""The same pages as views of Django: what the public door would be if it were an ordinary site."""

import datetime

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import re_path
from django.views.decorators.http import require_safe

django.setup()

from concerted.public_door.models import StoredPage  # noqa: E402 - needs the settings

COLUMNS = ("status", "media_type", "etag", "changed_at", "packed")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """A page by its address, through the ORM."""
    row = StoredPage.objects.filter(path=request.path).values_list(*COLUMNS).first()
    if row is None:
        return HttpResponse(status=404)
    status, media_type, etag, changed, packed = row
    if f'"{etag}"' in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified()
    response = HttpResponse(bytes(packed), status=status, content_type=media_type)
    response["Content-Encoding"] = "gzip"
    response["ETag"] = f'W/"{etag}"'
    response["Last-Modified"] = changed.astimezone(datetime.UTC).strftime(
        "%a, %d %b %Y %H:%M:%S GMT"
    )
    return response


urlpatterns = [re_path("", page)]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
settings.DATABASES["edition"]["CONN_MAX_AGE"] = 300
application = get_wsgi_application()
