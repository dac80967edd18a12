"""The addresses of agendas; a key is that of the meeting, or of an item."""

from django.urls import path

from concerted.agendas import views

app_name = "agendas"
urlpatterns = [
    path("items/<str:key>/change/", views.change, name="change"),
    path("items/<str:key>/move/", views.move, name="move"),
    path("items/<str:key>/remove/", views.remove, name="remove"),
    path("items/<str:key>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/build/", views.build, name="build"),
    path("<str:key>/begin/", views.begin, name="begin"),
    path("<str:key>/length/", views.length, name="length"),
    path("<str:key>/add/", views.add, name="add"),
    path("<str:key>/approve/", views.approve, name="approve"),
    path("<str:key>/publish/", views.publish, name="publish"),
]
