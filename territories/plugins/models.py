from django.db import models
from django.utils.translation import gettext_lazy as _


class PluginSwitch(models.Model):
    """A plugin that a territory has, on or off. Off hides everything and deletes nothing."""

    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        related_name="switches",
        verbose_name=_("territoire"),
    )
    plugin = models.CharField(_("module"), max_length=100)
    is_on = models.BooleanField(_("ouvert"), default=True)

    class Meta:
        verbose_name = _("module du territoire")
        verbose_name_plural = _("modules des territoires")
        constraints = [
            models.UniqueConstraint(fields=["territory", "plugin"], name="one_switch_per_plugin")
        ]

    def __str__(self) -> str:
        return f"{self.territory_id}: {self.plugin}"
