"""Every address: the API under /api/v1/, its schema and docs, health, and the page for the rest."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from labelapp.catalog.urls import image_files
from labelapp.health import healthz, readyz
from labelapp.page import page

api = [
    path("", include("labelapp.accounts.urls")),
    path("", include("labelapp.catalog.urls")),
    path("", include("labelapp.imports.urls")),
    path("", include("ml.registry.urls")),
    path("", include("ml.masks.urls")),
    path("", include("ml.runs.urls")),
    path("", include("ml.lessons.urls")),
    path("", include("ml.alike.urls")),
    path("", include("qa.jobs.urls")),
    path("", include("qa.verification.urls")),
    path("", include("qa.segmentation.urls")),
    path("", include("qa.correction.urls")),
    path("", include("qa.thresholds.urls")),
    path("", include("qa.exports.urls")),
]

handler404 = "labelapp.api.handler.not_found"
urlpatterns = [
    path("api/v1/", include(api)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    *image_files,
    path("healthz", healthz),
    path("readyz", readyz),
    re_path(r"^(?!api/|static/|assets/|images/).*$", page, name="page"),
]
