"""The addresses of the members' side of the public edition."""

from django.urls import path

from concerted.editions import link_views, views

app_name = "editions"
urlpatterns = [
    path("", views.index, name="list"),
    path("settings/", views.settings, name="settings"),
    path("names/", views.name_publicly, name="name"),
    path("names/<str:key>/end/", views.name_no_longer, name="name_no_longer"),
    path("meetings/<str:key>/", views.of_meeting, name="of_meeting"),
    path("papers/<str:key>/", views.of_paper, name="of_paper"),
    path("coincidences/<str:key>/", views.hit, name="hit"),
    path("releases/<str:key>/", views.release, name="release"),
    path("releases/<str:key>/parts/<int:number>/", views.part, name="part"),
    path("releases/<str:key>/closed/<int:number>/", views.closed, name="closed"),
    path("releases/<str:key>/settle/", views.settle, name="settle"),
    path("releases/<str:key>/ask/", views.ask, name="ask"),
    path("releases/<str:key>/link/", link_views.send_link, name="send_link"),
    path("approve/<str:token>/", link_views.by_link, name="by_link"),
    path("releases/<str:key>/approve/", views.approve, name="approve"),
    path("releases/<str:key>/stop/", views.stop, name="stop"),
    path("releases/<str:key>/withdraw/", views.withdraw, name="withdraw"),
]
