from django.apps import AppConfig


class Eligibility(AppConfig):
    name = "gaoxin.web.eligibility"
    label = "eligibility"
