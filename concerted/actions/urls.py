"""The addresses of this package."""

app_name = "actions"
urlpatterns: list = []
