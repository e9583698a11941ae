from django.urls import path, re_path

from territories.sharing.picture import LAYOUTS

from . import views

PROMOTION = [
    path("label/<slug:number>/faire-savoir/", views.pack, name="pack"),
    path("label/<slug:number>/communique/", views.release, name="release"),
    path("label/<slug:number>/communique.docx", views.release_docx, name="release_docx"),
    re_path(
        rf"^label/(?P<number>[-\w]+)/image-(?P<layout>{'|'.join(LAYOUTS)})\.png$",
        views.card,
        name="card",
    ),
]
