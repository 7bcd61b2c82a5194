"""What the peer anonymises: the columns of a contact and of a conversation that say something about a person."""

from django.db import models


class Contact(models.Model):
    full_name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120, blank=True)
    clock_starts_on = models.DateField(db_index=True)

    objects = models.Manager()

    class PrivacyMeta:
        fields = ("full_name", "email", "phone", "title")

    def __str__(self):
        return f"Contact {self.pk}"


class Interaction(models.Model):
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE)
    text = models.TextField(blank=True)
    product = models.CharField(max_length=120, blank=True)
    happened_on = models.DateField()

    objects = models.Manager()

    class PrivacyMeta:
        fields = ("text", "product")

    def __str__(self):
        return f"Interaction {self.pk}"
