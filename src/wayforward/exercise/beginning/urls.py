"""Where an exercise begins."""

from django.urls import path

from wayforward.exercise.beginning.pages import begin

urlpatterns = [path("begin", begin, name="begin")]
