"""Who reads the letters of a territory."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from newsletter.models import Subscriber, SubscriberFile, SubscriberState

from .kinds import Kind, Try, shows

WORDS = "Au forum du 12 mars."


class SubscriberKind(Kind):
    """Whole lists are taken away by whoever may « copy » one, and brought by « crafted »."""

    name, models = "subscriber", (Subscriber,)

    def list(self, t: Try) -> bool:
        return shows(t.get("subscribers:index"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        return t.get("subscribers:read", self.thing(t.side).pk).status_code == 200

    def create(self, t: Try) -> bool:
        territory = t.side.territory
        form = {"email": "essai@example.org", "language": "fr", "words": WORDS}
        t.post("subscribers:add", form={**form, "territory": territory.pk})
        return self.is_there(territory)

    def edit(self, t: Try) -> bool:
        one = self.thing(t.side)
        t.post("subscribers:read", one.pk, form={"action": "stop"})
        return Subscriber.objects.get(pk=one.pk).state == SubscriberState.LEFT

    def delete(self, t: Try) -> bool:
        one = self.thing(t.side)
        t.post("subscribers:erase", one.pk, form={})
        return not Subscriber.objects.filter(pk=one.pk).exists()

    def copy(self, t: Try) -> bool:
        """Whether the whole list is taken away."""
        answer = t.get("subscribers:export", query=f"?territory={t.side.territory.slug}")
        return (
            answer.status_code == 200
            and self.thing(t.side).email in b"".join(answer.streaming_content).decode()
        )

    def crafted(self, t: Try) -> bool:
        """Whether a file of addresses is brought, from the plan to its application."""
        territory = t.side.territory
        file = SimpleUploadedFile("liste.csv", b"email\nessai@example.org\n")
        form = {"territory": territory.pk, "file": file, "words": WORDS, "is_proven": "1"}
        t.post("subscribers:import", form=form)
        if kept := SubscriberFile.objects.filter(territory=territory).last():
            t.post("subscribers:file", kept.pk, form={})
        return self.is_there(territory)

    def is_there(self, territory) -> bool:
        found = Subscriber.objects.filter(territory=territory)
        return found.with_address("essai@example.org").exists()
