from django.apps import AppConfig


class Drafts(AppConfig):
    name = "gaoxin.web.drafts"
    label = "drafts"
