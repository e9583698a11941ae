"""The blocks of every page: text first, then what a coordinator asks for most."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from territories.pages.privacy import is_private
from territories.pages.translations import read_in_language

from .base import SharedBlock
from .listing import UnreadPageBlock, chosen_keys, in_chosen_order

RICH_TEXT = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(SharedBlock):
    text = blocks.RichTextBlock(label=_("texte"), features=RICH_TEXT)

    class Meta:
        label = _("Texte")
        icon = "pilcrow"
        description = _("Des paragraphes, des listes, des liens. Le bloc de tous les jours.")
        preview_value = {
            "text": _(
                "<p>Le forum est gratuit. <b>Venez comme vous êtes</b>, avec un CV ou sans.</p>"
            )
        }
        template = "territories/blocks/text.html"
        mail_template = "territories/blocks/text.mjml"


class HeadingBlock(SharedBlock):
    text = blocks.CharBlock(label=_("titre"), max_length=150)
    level = blocks.ChoiceBlock(
        label=_("niveau"),
        help_text=_("Une sous-partie va sous une partie : ne sautez pas de niveau."),
        choices=[("h2", _("Partie")), ("h3", _("Sous-partie"))],
        default="h2",
    )

    class Meta:
        label = _("Titre")
        icon = "title"
        description = _(
            "Le titre d’une partie. Il aide à s’y retrouver, et à lire avec les oreilles."
        )
        preview_value = {"text": _("Comment venir"), "level": "h2"}
        template = "territories/blocks/heading.html"
        mail_template = "territories/blocks/heading.mjml"


class ImageBlock(SharedBlock):
    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("texte de remplacement"),
        max_length=250,
        help_text=_("Dites ce que montre l’image à une personne qui ne la voit pas."),
    )
    caption = blocks.CharBlock(
        label=_("légende"),
        max_length=250,
        required=False,
        help_text=_("Où et quand, et le nom de qui a pris la photo. Tout le monde la lit."),
    )

    class Meta:
        label = _("Image")
        icon = "image"
        description = _("Une photo d’ici, avec ce qu’elle montre pour qui ne la voit pas.")
        preview_template = "territories/blocks/previews/image.html"
        template = "territories/blocks/image.html"
        mail_template = "territories/blocks/image.mjml"


class CalloutBlock(SharedBlock):
    kind = blocks.ChoiceBlock(
        label=_("ton"),
        choices=[("info", _("Information")), ("ok", _("Bonne nouvelle")), ("warn", _("Attention"))],
        default="info",
        help_text=_("La couleur ne suffit pas : dites-le aussi avec des mots."),
    )
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    text = blocks.RichTextBlock(label=_("texte"), features=SHORT_RICH_TEXT)

    class Meta:
        label = _("Encadré")
        icon = "warning"
        description = _(
            "Une phrase à ne pas manquer, dans un cadre. Un seul par page, sinon on ne voit rien."
        )
        preview_value = {
            "kind": "warn",
            "title": _("Attention."),
            "text": _("<p>La salle change : rendez-vous à la médiathèque.</p>"),
        }
        template = "territories/blocks/callout.html"
        mail_template = "territories/blocks/callout.mjml"


class QuoteBlock(SharedBlock):
    is_of_one_place = True

    text = blocks.TextBlock(
        label=_("ce que la personne a dit"),
        max_length=600,
        help_text=_("Ses mots, sans guillemets : ils sont ajoutés. Elle doit être d’accord."),
    )
    who = blocks.CharBlock(
        label=_("qui parle"),
        max_length=100,
        help_text=_("Un prénom suffit : « Samira »."),
    )
    role = blocks.CharBlock(
        label=_("qui est cette personne"),
        max_length=150,
        required=False,
        help_text=_("« habitante de la Reynerie », « employeur à Colombelles »."),
    )

    class Meta:
        label = _("Parole")
        icon = "openquote"
        description = _("Ce qu’une personne a dit, avec son prénom. Demandez-lui d’abord.")
        preview_value = {
            "text": _("J’avais peur de l’entretien. On l’a répété deux fois, et j’y suis allée."),
            "who": _("Samira"),
            "role": _("habitante du quartier"),
        }
        template = "territories/blocks/quote.html"
        mail_template = "territories/blocks/quote.mjml"


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("nom"), max_length=150)
    role = blocks.CharBlock(label=_("rôle"), max_length=150, required=False)
    phone = blocks.CharBlock(label=_("téléphone"), max_length=30, required=False)
    email = blocks.EmailBlock(
        label=_("adresse e-mail"),
        required=False,
        help_text=_("Elle se lit sur le site : demandez d’abord à la personne."),
    )


class ContactsBlock(SharedBlock):
    is_of_one_place = True

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    people = blocks.ListBlock(PersonBlock(), label=_("personnes"), min_num=1)

    class Meta:
        label = _("Contacts")
        icon = "group"
        description = _("Qui appeler, à qui écrire : un nom, un rôle, un numéro.")
        preview_value = {
            "title": _("Vos interlocuteurs"),
            "people": [
                {
                    "name": _("Nadia"),
                    "role": _("à l’accueil"),
                    "phone": "05 61 00 00 00",
                    "email": "",
                }
            ],
        }
        template = "territories/blocks/contacts.html"
        mail_template = "territories/blocks/contacts.mjml"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("fichier"))
    label = blocks.CharBlock(
        label=_("nom affiché"),
        max_length=200,
        required=False,
        help_text=_("Ce que contient le fichier. Vide : son titre dans les documents."),
    )


class DocumentsBlock(SharedBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    documents = blocks.ListBlock(DocumentBlock(), label=_("documents"), min_num=1)

    class Meta:
        label = _("Documents à télécharger")
        icon = "doc-full"
        description = _("Des fichiers à garder ou à imprimer, avec leur format et leur poids.")
        preview_template = "territories/blocks/previews/documents.html"
        template = "territories/blocks/documents.html"
        mail_template = "territories/blocks/documents.mjml"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(
        label=_("question"),
        max_length=250,
        help_text=_("Dans les mots de qui la pose : « Faut-il un CV ? »."),
    )
    answer = blocks.RichTextBlock(label=_("réponse"), features=SHORT_RICH_TEXT)


class FaqBlock(SharedBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=_("questions"), min_num=1)

    class Meta:
        label = _("Questions fréquentes")
        icon = "help"
        description = _(
            "Des questions comme les gens les posent. Chaque réponse s’ouvre d’un clic."
        )
        preview_value = {
            "title": _("Vos questions"),
            "questions": [
                {"question": _("Est-ce gratuit ?"), "answer": _("<p>Oui, toujours.</p>")},
                {"question": _("Faut-il un CV ?"), "answer": _("<p>Non.</p>")},
            ],
        }
        template = "territories/blocks/faq.html"
        mail_template = "territories/blocks/faq.mjml"


class PageListBlock(SharedBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    pages = blocks.ListBlock(
        UnreadPageBlock(label=_("page")),
        label=_("pages"),
        min_num=1,
        help_text=_("Dans l’ordre où on les lit. Une page retirée du site disparaît d’ici aussi."),
    )

    class Meta:
        label = _("Liste de pages")
        icon = "list-ul"
        description = _("Des liens vers d’autres pages du site, avec leur titre.")
        preview_template = "territories/blocks/previews/page_list.html"
        template = "territories/blocks/page_list.html"
        mail_template = "territories/blocks/page_list.mjml"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["pages"] = [page.shown for page in self.pages_told(value, context)]
        return context

    def pages_told(self, value, context):
        chosen = chosen_keys(value["pages"])
        # A page unpublished or made private since it was chosen must not show.
        open_to_all = Page.objects.live().exclude(is_private()).filter(pk__in=chosen)
        found = read_in_language(
            open_to_all.order_by("path"),
            get_language() or "",
            dress=lambda pages: pages.select_related("locale"),
        )
        return in_chosen_order(found, chosen)
