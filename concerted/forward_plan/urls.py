"""The addresses of forward plans; a key is that of the body, of an entry, or of a decision."""

from django.urls import path

from concerted.forward_plan import views

app_name = "forward_plan"
urlpatterns = [
    path("entries/<str:key>/", views.entry, name="entry"),
    path("entries/<str:key>/change/", views.change, name="change"),
    path("entries/<str:key>/take/", views.take, name="take"),
    path("entries/<str:key>/dealt-with/", views.deal_with, name="deal_with"),
    path("entries/<str:key>/drop/", views.drop, name="drop"),
    path("decisions/<str:key>/", views.from_decision, name="from_decision"),
    path("<str:key>/", views.year, name="year"),
    path("<str:key>/add/", views.add, name="add"),
]
