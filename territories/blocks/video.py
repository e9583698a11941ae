"""A video that tells nobody anything until the visitor asks for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from territories.video.hosts import video_at
from territories.video.serving import CAPTIONS, FILMS
from territories.video.watching import watch_address

from .base import SharedBlock, territory_of

TRANSCRIPT = ["bold", "ol", "ul"]


class VideoBlock(SharedBlock):
    title = blocks.CharBlock(
        label=gettext_lazy("titre"),
        max_length=150,
        help_text=gettext_lazy("Ce que montre la vidéo : « Samira raconte son premier forum »."),
    )
    duration = blocks.CharBlock(
        label=gettext_lazy("durée"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("« 2 minutes 30 » : chacun sait ce que cela coûte en temps."),
    )
    poster = ImageChooserBlock(
        label=gettext_lazy("image d’attente"),
        required=False,
        help_text=gettext_lazy("Une image tirée de la vidéo. Vide : une façade du territoire."),
    )
    file = DocumentChooserBlock(
        label=gettext_lazy("fichier de la vidéo"),
        required=False,
        help_text=gettext_lazy(
            "Un fichier MP4 ou WebM ajouté aux documents du site, 50 Mo au plus : personne d’autre "
            "ne sait qui le regarde."
        ),
    )
    captions = DocumentChooserBlock(
        label=gettext_lazy("sous-titres"),
        required=False,
        help_text=gettext_lazy("Un fichier .vtt. Il en faut pour un fichier de vidéo."),
    )
    captions_language = blocks.ChoiceBlock(
        label=gettext_lazy("langue des sous-titres"),
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    url = blocks.URLBlock(
        label=gettext_lazy("ou adresse de la vidéo"),
        required=False,
        help_text=gettext_lazy(
            "Chez PeerTube, YouTube, Vimeo ou Dailymotion. Rien n’est demandé à cet hébergeur tant "
            "que la personne n’a pas choisi de regarder."
        ),
    )
    transcript = blocks.RichTextBlock(
        label=gettext_lazy("tout ce qui est dit"),
        features=TRANSCRIPT,
        help_text=gettext_lazy(
            "Le texte de la vidéo, et ce qu’on voit d’important. Pour qui n’entend pas, ne voit "
            "pas, n’a pas de son ou peu de forfait."
        ),
    )

    class Meta:
        label = gettext_lazy("Vidéo")
        icon = "media"
        description = gettext_lazy(
            "Une vidéo et son texte. Personne ne sait qui la regarde avant qu’on le choisisse."
        )
        preview_value = {
            "title": gettext_lazy("Samira raconte son premier forum"),
            "duration": gettext_lazy("2 minutes 30"),
            "url": "https://framatube.org/w/9dRFC6Ya11NCVeYKn8ZhiD",
            "transcript": gettext_lazy("<p>« Je suis venue sans CV. On m’a aidée. »</p>"),
        }
        template = "territories/blocks/video.html"
        mail_template = "territories/blocks/video.mjml"

    def clean(self, value):
        cleaned = super().clean(value)
        if errors := faults_of(cleaned):
            raise StructBlockValidationError(
                {name: ValidationError(sentence) for name, sentence in errors.items()}
            )
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        url, film = value.get("url"), value.get("file")
        if film:
            context["film_type"] = FILMS.get(film.file_extension.lower(), "")
        elif url and (hosted := video_at(url)):
            context["hosted"] = hosted
            context["watch_url"] = watch_address(
                territory=territory_of(context),
                url=url,
                title=value.get("title") or "",
                back=path_of(context),
            )
        return context


def faults_of(value: dict[str, Any]) -> dict[str, str]:
    film, captions, url = value["file"], value["captions"], value["url"]
    errors = {}
    if bool(film) == bool(url):
        errors["url"] = _("Donnez un fichier, ou bien une adresse : l’un des deux.")
    elif url and video_at(url) is None:
        errors["url"] = _(
            "Cette adresse n’est pas celle d’une vidéo de PeerTube, YouTube, Vimeo ou Dailymotion. "
            "Copiez-la depuis la page de la vidéo."
        )
    if film and film.file_extension.lower() not in FILMS:
        errors["file"] = _("Ce fichier n’est pas une vidéo MP4 ou WebM.")
    if film and not captions:
        errors["captions"] = _("Ajoutez des sous-titres : sans eux, on n’a rien sans le son.")
    elif captions and captions.file_extension.lower() not in CAPTIONS:
        errors["captions"] = _("Des sous-titres sont un fichier .vtt.")
    return errors


def path_of(context) -> str:
    """Where the video stands, to come back to it."""
    request = context.get("request")
    return request.path if request is not None else "/"
