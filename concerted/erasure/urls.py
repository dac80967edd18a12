"""The addresses of erasures; a key is that of the request, or of a finding."""

from django.urls import path

from concerted.erasure import views

app_name = "erasure"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("findings/<str:key>/", views.finding, name="finding"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/findings/", views.findings, name="findings"),
    path("<str:key>/keep/", views.keep, name="keep"),
    path("<str:key>/propose/", views.propose, name="propose"),
    path("<str:key>/send-back/", views.send_back, name="send_back"),
    path("<str:key>/approve/", views.approve, name="approve"),
]
