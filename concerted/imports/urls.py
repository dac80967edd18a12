"""The addresses of this package."""

app_name = "imports"
urlpatterns: list = []
