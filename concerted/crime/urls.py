"""The addresses of the crime figures. A question stands whole in its address."""

from django.urls import path

from concerted.crime import views

app_name = "crime"
urlpatterns = [
    path("", views.report, name="report"),
    path("report.csv", views.report_csv, name="report_csv"),
    path("other-sources/", views.other_sources, name="other_sources"),
    path("snapshots/", views.snapshots, name="snapshots"),
    path("snapshots/bring-in/", views.bring_in, name="bring_in"),
    path("snapshots/<int:number>/", views.snapshot, name="snapshot"),
    path("explore/", views.explore, name="explore"),
    path("explore.csv", views.explore_csv, name="explore_csv"),
]
