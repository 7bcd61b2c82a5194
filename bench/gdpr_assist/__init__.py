"""A Django project of its own for django-gdpr-assist: one contact model with five related rows each, and its log."""
