"""Why somebody cannot do something with an application, in a sentence for them."""

from django.core.exceptions import ValidationError


class NotAllowed(ValidationError):
    """This application does not move this way, or not by this person; says why, in a sentence."""


class Overtaken(ValidationError):
    """Somebody else was faster; says who, when and what."""
