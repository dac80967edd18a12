"""The addresses of requests of people for what is held of them."""

from django.urls import path

from concerted.subject_access import views
from concerted.subject_access.states import StepKind

app_name = "subject_access"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("findings/<str:key>/", views.finding, name="finding"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/identity/", views.step, {"kind": StepKind.IDENTITY}, name="identity"),
    path("<str:key>/clarify/", views.step, {"kind": StepKind.CLARIFY}, name="clarify"),
    path("<str:key>/answered/", views.step, {"kind": StepKind.ANSWERED}, name="answered"),
    path("<str:key>/extend/", views.step, {"kind": StepKind.EXTEND}, name="extend"),
    path("<str:key>/refuse/", views.step, {"kind": StepKind.REFUSE}, name="refuse"),
    path("<str:key>/withdraw/", views.step, {"kind": StepKind.WITHDRAW}, name="withdraw"),
    path("<str:key>/draft/", views.draft, name="draft"),
    path("<str:key>/findings/", views.findings, name="findings"),
    path("<str:key>/preview/", views.preview, name="preview"),
    path("<str:key>/release/", views.release, name="release"),
    path("<str:key>/download/", views.download, name="download"),
]
