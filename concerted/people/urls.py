"""The addresses of this package."""

app_name = "people"
urlpatterns: list = []
