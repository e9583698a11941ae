from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from .records import phone_number


class Contact(models.Model):
    """Whom to ask. A name stands here only when that person agreed to be named."""

    contact_name = models.CharField(
        _("personne à contacter"),
        max_length=150,
        blank=True,
        help_text=_("Seulement si cette personne est d’accord pour que son nom soit public."),
    )
    phone = models.CharField(_("téléphone"), max_length=25, blank=True, validators=[phone_number])
    email = models.EmailField(_("adresse e-mail"), blank=True)

    class Meta:
        abstract = True


CONTACT_PANEL = MultiFieldPanel(
    [FieldPanel("contact_name"), FieldRowPanel([FieldPanel("phone"), FieldPanel("email")])],
    heading=_("Pour en savoir plus"),
)
