"""The addresses of crime reports; a key is that of the thing that the address names."""

from django.urls import path

from concerted.crime_reports import views

app_name = "crime_reports"
urlpatterns = [
    path("", views.index, name="list"),
    path("prepare/", views.prepare, name="prepare"),
    path("sections/<str:key>/", views.section, name="section"),
    path("<str:key>/", views.report, name="report"),
    path("<str:key>/compute/", views.compute, name="compute"),
    path("<str:key>/ask/", views.ask, name="ask"),
    path("<str:key>/take-back/", views.take_back, name="take_back"),
    path("<str:key>/clear/", views.clear, name="clear"),
    path("<str:key>/issue/", views.issue, name="issue"),
    path("<str:key>/stop/", views.stop, name="stop"),
    path("<str:key>/correct/", views.correct, name="correct"),
    path("<str:key>/report.pdf", views.take_pdf, name="pdf"),
    path("<str:key>/report.xlsx", views.take_xlsx, name="xlsx"),
]
