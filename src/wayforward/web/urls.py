"""The root of all addresses."""

from django.urls import URLPattern, URLResolver, include, path

from wayforward.web import health, metrics, passwords, problems, sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("first/<str:token>", sign_in.first, name="first"),
    path("password/<int:who>/<str:token>", passwords.set_password, name="password"),
    path("", include("wayforward.web.accounts.urls")),
    path("", include("wayforward.web.api.urls")),
    path("", include("wayforward.exercise.beginning.urls")),
    path("", include("wayforward.exercise.pages.urls")),
    path("", include("wayforward.appraisal.urls")),
    path("", include("wayforward.report.writing.urls")),
    path("", include("wayforward.report.signing.urls")),
    path("", include("wayforward.report.urls")),
    path("", include("wayforward.pages.past.urls")),
    path("", include("wayforward.pages.round_trip.urls")),
    path("", include("wayforward.pages.comments.urls")),
    path("", include("wayforward.pages.register.urls")),
    path("", include("wayforward.pages.urls")),
]

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.broken
