import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef, Q

from newsletter.bounces.providers import address_for_provider
from newsletter.models import Copy, CopyState, Sending, SendingState
from newsletter.sending.backends.choosing import backend_of, variable_of
from newsletter.sending.progress import progress_of
from territories.models import Territory


class Command(BaseCommand):
    help = (
        "Says how letters leave, and what the sendings under way are waiting for. Ends with 1 when "
        "one needs somebody."
    )

    def handle(self, **options) -> None:
        troubles = [*self.ways(), *self.sendings()]
        for trouble in troubles:
            self.stdout.write(f"À voir : {trouble}")
        if troubles:
            sys.exit(1)

    def ways(self) -> list[str]:
        troubles, known = [], set()
        for territory in Territory.objects.with_plugin("newsletter").order_by("slug"):
            known.add(variable_of(territory.slug))
            try:
                backend = backend_of(territory)
            except ImproperlyConfigured as error:
                troubles.append(f"{territory.slug} : {error}")
                continue
            way = type(backend).__name__.removesuffix("Backend")
            self.stdout.write(f"{territory.slug} : {way}")
            if backend.tells_of_bounces:
                self.stdout.write(f"  retours (webhook) : {address_for_provider(territory)}")
        unknown = sorted(set(settings.LETTERS_URLS) - known)
        return troubles + [
            f"LETTERS_URL_{name} n’est celle d’aucun territoire." for name in unknown
        ]

    def sendings(self) -> list[str]:
        troubles = []
        is_over = Q(state__in=(SendingState.CANCELLED, SendingState.DONE))
        doubts = Copy.objects.filter(sending=OuterRef("pk"), state=CopyState.UNCERTAIN)
        found = Sending.objects.filter(~is_over | Q(Exists(doubts)))
        for sending in found.select_related("territory").order_by("pk"):
            told = progress_of(sending)
            name = f"{sending.territory.slug}, {sending}"
            self.stdout.write(
                f"{name} : {sending.get_state_display()}, {told.sent} parties, {told.left} à "
                f"envoyer, {told.refused} refusées, {told.uncertain} incertaines"
            )
            if sending.trouble:
                troubles.append(f"{name} : {sending.trouble}")
            if told.uncertain:
                troubles.append(f"{name} : décider des {told.uncertain} incertaines, dans l’admin.")
        return troubles
