"""The addresses of this package."""

app_name = "desk"
urlpatterns: list = []
