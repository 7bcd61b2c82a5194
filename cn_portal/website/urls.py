"""Addresses of the website outside its pages."""

from django.urls import path
from django.views.i18n import set_language

app_name = "website"

urlpatterns = [path("language/", set_language, name="set_language")]
