"""The addresses of documents."""

from django.urls import path

from concerted.documents import views

app_name = "documents"
urlpatterns = [path("<str:key>/", views.download, name="download")]
