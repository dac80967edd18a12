"""The addresses of actions. Keys hold no vowels, so none is ever a word used here."""

from django.urls import path

from concerted.actions import link_views, views

app_name = "actions"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("organisation/", views.organisation, name="organisation"),
    path("bodies/", views.bodies, name="bodies"),
    path("all/", views.register, name="all"),
    path("add/", views.add, name="add"),
    path("owner/<str:token>/", link_views.owner_link, name="owner_link"),
    path("proposals/<str:key>/", views.settle, name="settle"),
    path("<str:key>/", views.detail, name="detail"),
    path("<str:key>/say/", views.say, name="say"),
    path("<str:key>/mail/", views.from_mail, name="from_mail"),
    path("<str:key>/redate/", views.redate, name="redate"),
    path("<str:key>/take-back/<str:update_key>/", views.take_back, name="take_back"),
    path("<str:key>/answer/", views.answer, name="answer"),
    path("<str:key>/send-link/", views.send_link, name="send_link"),
    path("<str:key>/accept/", views.accept, name="accept"),
    path("<str:key>/withdraw/", views.withdraw, name="withdraw"),
]
