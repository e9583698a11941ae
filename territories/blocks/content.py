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

RICH_TEXT = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(SharedBlock):
    text = blocks.RichTextBlock(label=_("texte"), features=RICH_TEXT)

    class Meta:
        label = _("Texte")
        icon = "pilcrow"
        template = "territories/blocks/text.html"
        mail_template = "territories/blocks/text.mjml"


class HeadingBlock(SharedBlock):
    text = blocks.CharBlock(label=_("titre"), max_length=150)
    level = blocks.ChoiceBlock(
        label=_("niveau"),
        choices=[("h2", _("Partie")), ("h3", _("Sous-partie"))],
        default="h2",
    )

    class Meta:
        label = _("Titre")
        icon = "title"
        template = "territories/blocks/heading.html"
        mail_template = "territories/blocks/heading.mjml"


class ImageBlock(SharedBlock):
    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("texte de remplacement"),
        max_length=250,
        help_text=_("Dites ce que montre l’image à une personne qui ne la voit pas."),
    )
    caption = blocks.CharBlock(label=_("légende"), max_length=250, required=False)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "territories/blocks/image.html"
        mail_template = "territories/blocks/image.mjml"


class CalloutBlock(SharedBlock):
    kind = blocks.ChoiceBlock(
        label=_("ton"),
        choices=[("info", _("Information")), ("ok", _("Bonne nouvelle")), ("warn", _("Attention"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    text = blocks.RichTextBlock(label=_("texte"), features=SHORT_RICH_TEXT)

    class Meta:
        label = _("Encadré")
        icon = "warning"
        template = "territories/blocks/callout.html"
        mail_template = "territories/blocks/callout.mjml"


class FigureBlock(blocks.StructBlock):
    number = blocks.CharBlock(label=_("chiffre"), max_length=20)
    label = blocks.CharBlock(label=_("ce qu’il compte"), max_length=150)
    source = blocks.CharBlock(label=_("source"), max_length=200, required=False)


class KeyFiguresBlock(SharedBlock):
    is_of_one_place = True

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    figures = blocks.ListBlock(FigureBlock(), label=_("chiffres"), min_num=1, max_num=6)
    note = blocks.CharBlock(label=_("d’où viennent ces chiffres"), max_length=300, required=False)

    class Meta:
        label = _("Chiffres clés")
        icon = "order"
        template = "territories/blocks/key_figures.html"
        mail_template = "territories/blocks/key_figures.mjml"


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("nom"), max_length=150)
    role = blocks.CharBlock(label=_("rôle"), max_length=150, required=False)
    phone = blocks.CharBlock(label=_("téléphone"), max_length=30, required=False)
    email = blocks.EmailBlock(label=_("adresse e-mail"), required=False)


class ContactsBlock(SharedBlock):
    is_of_one_place = True

    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    people = blocks.ListBlock(PersonBlock(), label=_("personnes"), min_num=1)

    class Meta:
        label = _("Contacts")
        icon = "group"
        template = "territories/blocks/contacts.html"
        mail_template = "territories/blocks/contacts.mjml"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("fichier"))
    label = blocks.CharBlock(label=_("nom affiché"), max_length=200, required=False)


class DocumentsBlock(SharedBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    documents = blocks.ListBlock(DocumentBlock(), label=_("documents"), min_num=1)

    class Meta:
        label = _("Documents à télécharger")
        icon = "doc-full"
        template = "territories/blocks/documents.html"
        mail_template = "territories/blocks/documents.mjml"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=250)
    answer = blocks.RichTextBlock(label=_("réponse"), features=SHORT_RICH_TEXT)


class FaqBlock(SharedBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=_("questions"), min_num=1)

    class Meta:
        label = _("Questions fréquentes")
        icon = "help"
        template = "territories/blocks/faq.html"
        mail_template = "territories/blocks/faq.mjml"


class PageListBlock(SharedBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=150, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("page")), label=_("pages"), min_num=1)

    class Meta:
        label = _("Liste de pages")
        icon = "list-ul"
        template = "territories/blocks/page_list.html"
        mail_template = "territories/blocks/page_list.mjml"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        chosen = [page.pk for page in value["pages"] if page]
        # A page unpublished or made private since it was chosen must not show.
        open_to_all = Page.objects.live().exclude(is_private()).filter(pk__in=chosen)
        found = read_in_language(
            open_to_all.order_by("path"),
            get_language() or "",
            dress=lambda pages: pages.select_related("locale"),
        )
        places = {pk: place for place, pk in enumerate(chosen)}
        found.sort(key=lambda page: places.get(page.pk, places.get(page.shown.pk)))
        context["pages"] = [page.shown for page in found]
        return context


SHARED_BLOCKS = [
    ("text", TextBlock),
    ("heading", HeadingBlock),
    ("image", ImageBlock),
    ("callout", CalloutBlock),
    ("key_figures", KeyFiguresBlock),
    ("contacts", ContactsBlock),
    ("documents", DocumentsBlock),
    ("faq", FaqBlock),
    ("page_list", PageListBlock),
]
