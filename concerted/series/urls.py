"""The address of a series; its key is that of the body."""

from django.urls import path

from concerted.series import views

app_name = "series"
urlpatterns = [path("<str:key>/", views.plan, name="plan")]
