from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "bench.gdpr_assist"
    label = "peer"
