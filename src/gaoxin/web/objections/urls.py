from django.urls import path

from gaoxin.web.objections import views

urlpatterns = [
    path("observations/<int:observation>/objection/", views.new, name="objection-new"),
    path("objections/", views.objections, name="objections"),
    path("objections/<int:pk>/", views.objection, name="objection"),
]
