"""The addresses of the register of interests."""

from django.urls import path

from concerted.interests import views

app_name = "interests"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("add", views.add, name="add"),
    path("nothing", views.nothing, name="nothing"),
    path("confirm", views.confirm, name="confirm"),
    path("entries/<str:key>/", views.entry, name="entry"),
    path("entries/<str:key>/change", views.change, name="change"),
    path("entries/<str:key>/end", views.end, name="end"),
    path("entries/<str:key>/withhold", views.withhold, name="withhold"),
    path("entries/<str:key>/remark", views.remark, name="remark"),
    path("gifts/add", views.gift_add, name="gift_add"),
    path("gifts/<str:key>/correct", views.gift_correct, name="gift_correct"),
    path("withheld/<str:key>/decide", views.decide, name="decide"),
    path("bodies/<str:key>/", views.register, name="register"),
    path("rule/", views.rule, name="rule"),
    path("rule/set", views.rule_set, name="rule_set"),
    path("rule/kinds/add", views.kind_add, name="kind_add"),
    path("rule/kinds/<str:key>/stop", views.kind_stop, name="kind_stop"),
    path("meetings/<str:key>/", views.meeting, name="meeting"),
    path("items/<str:key>/declare", views.declare, name="declare"),
    path("items/<str:key>/dismiss", views.dismiss, name="dismiss"),
    path("declarations/<str:key>/correct", views.correct, name="correct"),
]
