"""The addresses that these tests need, and no more."""

from django.urls import include, path

from concerted.ui import urls

routes = [*urls.urlpatterns]
if urls.gallery_urlpatterns[0] not in routes:
    routes += urls.gallery_urlpatterns

# Pages of packages above that the layout's own pages lead to.
above = [path("lost/", urls.urlpatterns[0].callback, name="lost")]

urlpatterns = [
    path("", include((routes, "ui"))),
    path("sign-in/", include("allauth.account.urls")),
    path("sign-in/", include("concerted.access.urls")),
    path("people/", include((above, "people"))),
]
