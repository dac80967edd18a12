"""The addresses of keeping and letting go."""

from django.urls import path

from concerted.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.index, name="index"),
    path("kinds/<slug:name>/", views.kind, name="kind"),
    path("holds/", views.holds, name="holds"),
    path("holds/put", views.put, name="put"),
    path("holds/<str:key>/", views.hold, name="hold"),
    path("holds/<str:key>/lift", views.lift, name="lift"),
    path("runs/", views.runs, name="runs"),
    path("runs/<str:key>/", views.run, name="run"),
    path("runs/<str:key>/approve", views.approve, name="approve"),
    path("runs/<str:key>/decline", views.decline, name="decline"),
]
