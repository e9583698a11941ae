"""What people of a territory do together: its team, proposals, the journal, a new territory."""

from __future__ import annotations

from django.contrib.auth.models import User

from agenda.models import Registration
from cooperation.models import ProjectResponse
from portal.search.models import UnmetSearch
from territories.models import ContactMessage, Invitation, JournalEntry, Proposal
from territories.models import Provisioning as Making
from territories.proposals.models import State
from territories.tenancy.roles import owner_name

from .forms import posted
from .kinds import Kind, Try, same, shows
from .pages import WORDS


class MemberKind(Kind):
    """A person, in the team of a territory."""

    name = "member of the team"

    def thing(self, side) -> User | None:
        return side.get("person")

    def owner(self, t: Try) -> str:
        return owner_name(t.side.territory)

    def list(self, t: Try) -> bool:
        answer = t.get("people_team", self.owner(t))
        people = answer.context["members"] if answer.status_code == 200 else []
        return any(same(found, self.thing(t.side)) for found in people)

    def view(self, t: Try) -> bool:
        answer = t.get("people_roles", self.owner(t), self.thing(t.side).pk)
        return answer.status_code == 200

    def edit(self, t: Try) -> bool:
        person = self.thing(t.side)
        before = groups_of(person)
        form = {"roles": ["coordinator", "editor"]}
        t.post("people_roles", self.owner(t), person.pk, form=form)
        return groups_of(person) != before

    def delete(self, t: Try) -> bool:
        person = self.thing(t.side)
        before = groups_of(person)
        t.post("people_remove", self.owner(t), person.pk, form={})
        return groups_of(person) < before

    def move(self, t: Try) -> bool | None:
        """Whether the duties are handed over to somebody else of the team."""
        if t.side.territory is None:
            return None
        person = self.thing(t.side)
        successor = t.side.get("successor")
        form = {"successor": successor.pk, "removes_leaver": "on"}
        t.post("people_hand_over", self.owner(t), person.pk, form=form)
        return not groups_of(person)

    def crafted(self, t: Try) -> bool | None:
        """Whether somebody of the own team is given a role there."""
        own = t.here.get("successor")
        if own is None:
            return None
        t.post("people_roles", self.owner(t), own.pk, form={"roles": ["coordinator", "editor"]})
        group = f"{self.owner(t)}: editor"
        return User.objects.filter(pk=own.pk, groups__name=group).exists()


def groups_of(person: User) -> set[int]:
    return set(User.objects.get(pk=person.pk).groups.values_list("pk", flat=True))


class InvitationKind(Kind):
    name, models = "invitation", (Invitation,)

    def owner(self, t: Try) -> str:
        return owner_name(t.side.territory)

    def list(self, t: Try) -> bool:
        answer = t.get("people_team", self.owner(t))
        waiting = answer.context["invitations"] if answer.status_code == 200 else []
        return any(same(found, self.thing(t.side)) for found in waiting)

    def create(self, t: Try) -> bool:
        form = {"email": "essai@example.org", "roles": ["coordinator"]}
        t.post("people_invite", self.owner(t), form=form)
        return Invitation.objects.filter(email="essai@example.org").exists()

    def delete(self, t: Try) -> bool:
        invitation = self.thing(t.side)
        t.post("people_withdraw", self.owner(t), invitation.pk, form={})
        return Invitation.objects.get(pk=invitation.pk).withdrawn_at is not None


class MessageKind(Kind):
    name, models = "message received", (ContactMessage,)

    def list(self, t: Try) -> bool:
        return shows(t.get("contact_messages:index"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        return t.get("contact_messages:read", self.thing(t.side).pk).status_code == 200

    def edit(self, t: Try) -> bool:
        message = self.thing(t.side)
        t.post("contact_messages:read", message.pk, form={"action": "answered"})
        return ContactMessage.objects.get(pk=message.pk).answered_at is not None

    def delete(self, t: Try) -> bool:
        message = self.thing(t.side)
        t.post("contact_messages:delete", message.pk, form={})
        return not ContactMessage.objects.filter(pk=message.pk).exists()


class UnmetKind(Kind):
    """What was searched for in vain: it is read in its list, and dealt with."""

    name, models = "unmet search", (UnmetSearch,)

    def list(self, t: Try) -> bool:
        return shows(t.get("unmet_searches:index", query="?state=all"), self.thing(t.side))

    def edit(self, t: Try) -> bool:
        search = self.thing(t.side)
        t.post("unmet_searches:deal", search.pk, form={"action": "dealt"})
        return UnmetSearch.objects.get(pk=search.pk).dealt_with_in is not None


class ResponseKind(Kind):
    name, models = "answer to a call for projects", (ProjectResponse,)

    def list(self, t: Try) -> bool:
        return shows(t.get("cooperation_responses:index"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        return t.get("cooperation_responses:read", self.thing(t.side).pk).status_code == 200

    def delete(self, t: Try) -> bool:
        response = self.thing(t.side)
        t.post("cooperation_responses:delete", response.pk, form={})
        return not ProjectResponse.objects.filter(pk=response.pk).exists()


class RegistrationKind(Kind):
    name, models = "registration for an event", (Registration,)

    def list(self, t: Try) -> bool:
        answer = t.get("registrations:event", self.thing(t.side).event_id)
        return answer.status_code == 200 and self.thing(t.side).first_name in answer.text

    def view(self, t: Try) -> bool:
        return t.get("registrations:read", self.thing(t.side).pk).status_code == 200

    def create(self, t: Try) -> bool:
        event = self.thing(t.side).event
        form = {"date": self.thing(t.side).occurrence_key, "people": "1", "first_name": "Essai"}
        t.post("registrations:add", event.pk, form=form)
        return event.registrations.filter(first_name="Essai").exists()

    def edit(self, t: Try) -> bool:
        one = self.thing(t.side)
        t.post("registrations:event", one.event_id, form={f"came-{one.pk}": "yes"})
        return Registration.objects.get(pk=one.pk).came is not None

    def delete(self, t: Try) -> bool:
        one = self.thing(t.side)
        t.post("registrations:delete", one.pk, form={})
        return not Registration.objects.filter(pk=one.pk).exists()


class ProposalKind(Kind):
    name, models = "proposal", (Proposal,)

    def list(self, t: Try) -> bool:
        return shows(t.get("proposals:index"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        return t.get("proposals:review", self.thing(t.side).pk).status_code == 200

    def create(self, t: Try) -> bool:
        """On the sheet of an actor of that side."""
        sheet = t.side.get("sheet")
        answer = t.get("proposals:propose", sheet.pk)
        if answer.status_code != 200:
            form = {"title": WORDS, "description": WORDS, "base": "", "note": ""}
        else:
            offer = answer.context["offer"]
            form = posted(offer.form) | posted(offer.note) | {"description": WORDS}
            form["base"] = offer.base
        before = Proposal.objects.count()
        t.post("proposals:propose", sheet.pk, form=form)
        return Proposal.objects.count() > before

    def edit(self, t: Try) -> bool:
        """Whether it is taken into the draft of the page."""
        return self.decided(t, "apply") == State.APPLIED

    def publish(self, t: Try) -> bool:
        # What others have written meanwhile is not published with it.
        page = self.thing(t.side).page.specific
        page.get_latest_revision().publish()
        return self.decided(t, "publish") == State.APPLIED

    def delete(self, t: Try) -> bool:
        return self.decided(t, "refuse") == State.REFUSED

    def decided(self, t: Try, action: str) -> str:
        proposal = self.thing(t.side)
        answer = t.get("proposals:review", proposal.pk)
        form = {"action": action, "reason": WORDS}
        if answer.status_code == 200 and answer.context.get("form"):
            form = posted(answer.context["form"]) | form
        t.post("proposals:review", proposal.pk, form=form)
        return Proposal.objects.get(pk=proposal.pk).state


class JournalKind(Kind):
    name, models = "line of the journal", (JournalEntry,)

    def thing(self, side) -> JournalEntry | None:
        return JournalEntry.objects.filter(territory=side.territory).order_by("-pk").first()

    def list(self, t: Try) -> bool:
        entry = self.thing(t.side)
        return shows(t.get("territories_journal", query=f"?label={entry.label}"), entry)


class MakingKind(Kind):
    """The making of a territory, in the admin's wizard."""

    name, models = "making of a territory", (Making,)

    def thing(self, side) -> Making | None:
        return Making.objects.filter(territory=side.territory).first() if side.territory else None

    def view(self, t: Try) -> bool:
        return t.get("provisioning:run", self.thing(t.side).pk).status_code == 200

    def edit(self, t: Try) -> bool:
        run = self.thing(t.side)
        Making.objects.filter(pk=run.pk).update(state="failed")
        t.post("provisioning:resume", run.pk, form={})
        return Making.objects.get(pk=run.pk).state != "failed"
