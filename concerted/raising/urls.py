"""The addresses of what is put forward; a key is that of the body, the meeting or the request."""

from django.urls import path

from concerted.raising import views

app_name = "raising"
urlpatterns = [
    path("requests/<str:key>/", views.detail, name="detail"),
    path("requests/<str:key>/take/", views.take, name="take"),
    path("requests/<str:key>/refuse/", views.refuse, name="refuse"),
    path("requests/<str:key>/withdraw/", views.withdraw, name="withdraw"),
    path("requests/<str:key>/rule/", views.rule, name="rule"),
    path("meetings/<str:key>/urgent/", views.urgent, name="urgent"),
    path("<str:key>/", views.of_body, name="of_body"),
    path("<str:key>/add/", views.add, name="add"),
]
