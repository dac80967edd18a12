"""The addresses of mail: what one gets, and what waits to be sent."""

from django.urls import path

from concerted.notifying import views

app_name = "notifying"
urlpatterns = [
    path("", views.preferences, name="preferences"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("outbox/", views.outbox_list, name="outbox"),
    path("outbox/<str:key>/", views.letter, name="letter"),
    path("outbox/<str:key>/words/", views.word, name="word"),
    path("outbox/<str:key>/drop/", views.drop, name="drop"),
]
