"""The addresses of Word files; a key is of the meeting."""

from django.urls import path

from concerted.word_files import views

app_name = "word_files"
urlpatterns = [
    path("template/", views.template, name="template"),
    path("template/own/", views.template_own, name="template_own"),
    path("<str:key>/skeleton.docx", views.skeleton, name="skeleton"),
    path("<str:key>/typed/", views.typed, name="typed"),
    path("<str:key>/typed/take/", views.take, name="take"),
    path("<str:key>/minutes.docx", views.record, name="record"),
    path("<str:key>/corrections/", views.corrections, name="corrections"),
    path("<str:key>/corrections/take/", views.correct, name="correct"),
]
