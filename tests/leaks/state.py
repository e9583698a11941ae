"""The rows that nobody of another territory may change."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from leaks.beta import TOKEN
from leaks.of_the_letters import rows_of_the_letters
from leaks.of_the_search import rows_of_the_search
from wagtail.admin.models import EditingSession
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowState,
)
from wagtail_localize.models import Translation, TranslationSource

from agenda.models import Registration
from cooperation.models import ProjectResponse
from labelling.models import (
    Application,
    CriteriaGrid,
    Criterion,
    GridAdoption,
    Label,
    Report,
    ReviewRules,
)
from newsletter.models import Objection, Subscriber, SubscriberFile
from resources_directory.models import ActorMember, ImportedResource
from territories.models import (
    ContactMessage,
    GlossaryEntry,
    Invitation,
    PluginSwitch,
    Proposal,
    Provisioning,
    Term,
    Territory,
)


def state_of_the_base() -> dict[str, list]:
    """What Alpha's people must not change: every row a crafted address could reach."""
    rows = {
        "page": Page.objects.values_list(
            "pk",
            "title",
            "draft_title",
            "path",
            "slug",
            "live",
            "locked",
            "latest_revision",
            "has_unpublished_changes",
            "alias_of",
            "go_live_at",
        ),
        "revision": Revision.objects.values_list("pk", "approved_go_live_at"),
        "image": Image.objects.values_list("pk", "title", "collection", "file"),
        "document": Document.objects.values_list("pk", "title", "collection", "file"),
        "collection": Collection.objects.values_list("pk", "name", "path"),
        "label": Label.objects.values_list("pk", "number", "withdrawn_on"),
        "application": Application.objects.values_list("pk", "state", "page"),
        "rules": ReviewRules.objects.values_list("pk", "quorum"),
        "proposal": Proposal.objects.values_list("pk", "state", "page"),
        "partner": ActorMember.objects.values_list("pk", "actor", "user"),
        "sheet": ImportedResource.objects.values_list("pk", "is_kept"),
        "message": ContactMessage.objects.values_list("pk", "answered_at"),
        "response": ProjectResponse.objects.values_list("pk", "call"),
        "registration": Registration.objects.values_list("pk", "event", "state", "came"),
        "subscriber": Subscriber.objects.values_list("pk", "email", "state", "wants_letters"),
        "subscriber file": SubscriberFile.objects.values_list("pk", "started_at", "done"),
        "objection": Objection.objects.values_list("pk"),
        "report": Report.objects.values_list("pk", "reached", "worked", "saved_at"),
        "workflow": Workflow.objects.values_list("pk", "name", "active"),
        "task": Task.objects.values_list("pk", "name", "active"),
        "workflow state": WorkflowState.objects.values_list("pk", "status", "current_task_state"),
        "workflow page": WorkflowPage.objects.values_list("page", "workflow"),
        "restriction": PageViewRestriction.objects.values_list("pk", "page", "restriction_type"),
        "comment": Comment.objects.values_list("pk", "text", "resolved_at"),
        "translation": Translation.objects.values_list(
            "pk", "enabled", "destination_last_updated_at"
        ),
        "source": TranslationSource.objects.values_list("pk", "last_updated_at"),
        "user": User.objects.values_list("pk", "username", "is_active"),
        "membership": User.groups.through.objects.values_list("user", "group"),
        "group": Group.objects.values_list("pk", "name"),
        "site": Site.objects.values_list("pk", "hostname", "root_page"),
        "locale": Locale.objects.values_list("pk", "language_code"),
        "territory": Territory.objects.values_list("pk", "name", "slug", "tagline", "logo"),
        "switch": PluginSwitch.objects.values_list("pk", "is_on"),
        "run": Provisioning.objects.values_list("pk", "state", "plan"),
        "term": Term.objects.values_list("pk", "label", "resident_label"),
        "word": GlossaryEntry.objects.values_list("pk", "territory", "term", "definition"),
        **rows_of_the_search(),
        **rows_of_the_letters(),
        "grid": CriteriaGrid.objects.values_list("pk", "name"),
        "criterion": Criterion.objects.values_list("pk", "kind", "name"),
        "adoption": GridAdoption.objects.values_list("pk", "territory", "grid"),
        "session": EditingSession.objects.filter(user__username__contains=TOKEN).values_list("pk"),
        "upload": UploadedFile.objects.values_list("pk"),
        "invitation": Invitation.objects.values_list("pk", "withdrawn_at", "used_at"),
    }
    return {name: list(found.order_by("pk")) for name, found in rows.items()}
