"""Every address: the API under /api/v1/, its schema and docs, health, and the page for the rest."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from labelapp.health import healthz, readyz
from labelapp.page import page

api = [
    path("", include("labelapp.accounts.urls")),
]

urlpatterns = [
    path("api/v1/", include(api)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    path("healthz", healthz),
    path("readyz", readyz),
    re_path(r"^(?!api/|static/|assets/|images/).*$", page, name="page"),
]
