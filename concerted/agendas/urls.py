"""The addresses of agendas; a key is that of the meeting, an item or a body."""

from django.urls import path

from concerted.agendas import standing_views, views

app_name = "agendas"
urlpatterns = [
    path("items/<str:key>/change/", views.change, name="change"),
    path("items/<str:key>/move/", views.move, name="move"),
    path("items/<str:key>/remove/", views.remove, name="remove"),
    path("items/<str:key>/withdraw/", views.withdraw, name="withdraw"),
    path("standing/<str:key>/", standing_views.standing, name="standing"),
    path("standing/<str:key>/add/", standing_views.standing_add, name="standing_add"),
    path(
        "standing-items/<str:key>/change/", standing_views.standing_change, name="standing_change"
    ),
    path("standing-items/<str:key>/move/", standing_views.standing_move, name="standing_move"),
    path("standing-items/<str:key>/stop/", standing_views.standing_stop, name="standing_stop"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/build/", views.build, name="build"),
    path("<str:key>/begin/", views.begin, name="begin"),
    path("<str:key>/length/", views.length, name="length"),
    path("<str:key>/add/", views.add, name="add"),
    path("<str:key>/approve/", views.approve, name="approve"),
    path("<str:key>/publish/", views.publish, name="publish"),
]
