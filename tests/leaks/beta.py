"""Two territories full of the same things: Alpha, whose people look, and Beta, whose they may not.

What Beta alone has bears the TOKEN in its name, in each place where a name may show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from agenda_factories import agenda_of, make_event, make_registration
from cooperation_factories import make_call, make_response
from directory_factories import make_actor, make_route, make_service
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from factories import home_of, make_content_page, make_member, make_territory
from labelling_factories import make_application
from leaks.of_the_letters import letters_of
from leaks.of_the_search import kept_of_the_search
from newsletter_factories import make_subscriber
from newsroom_factories import make_news, make_story
from practice_factories import make_sheet
from wagtail.admin.models import EditingSession
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    Comment,
    GroupApprovalTask,
    Locale,
    Page,
    PageViewRestriction,
    Task,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail_localize.models import Translation, TranslationSource
from written_once import written_once

from cooperation.models import ResponseFile
from labelling.grids.adding import keep_addition, new_addition
from labelling.labels.granting import grant_label
from labelling.models import (
    Application,
    CriteriaGrid,
    Criterion,
    Evidence,
    Moment,
    Report,
    ReportPhoto,
    ReviewRules,
)
from labelling.reports.receiving import keep_report
from newsletter.models import SubscriberFile
from resources_directory.members import add_partner
from resources_directory.models import ImportedResource, ServicePlace
from territories.models import (
    ContactMessage,
    GlossaryEntry,
    Provisioning,
    Term,
    Territory,
)
from territories.people.invitations import invite
from territories.proposals.offering import offer_change

TOKEN = "zibeline"
# In the same names: what one searches for, since an answer may repeat the question.
WORD = "hermine"


@dataclass
class Things:
    """A territory's things, by the name that a test or the table calls them by."""

    territory: Territory
    home: Page
    published: Page
    draft: Page
    waiting: Page
    image: Image
    document: Document
    collection: Collection
    member: User
    workflow: Workflow
    task: Task
    state: WorkflowState
    translation: Translation
    session: EditingSession
    upload: UploadedFile
    more: dict[str, Any] = field(default_factory=dict)


def make_beta() -> Things:
    return fill(make_territory("beta"), TOKEN)


@written_once
def fill(territory: Territory, token: str) -> Things:
    def said(text: str) -> str:
        return f"{token} {WORD} {text}"

    territory.tagline, territory.sender_name = said("accueil"), said("lettres")
    territory.save()
    member = make_member(territory, username=f"{token}-coordination")
    collection = Collection.objects.get(name=territory.slug)
    image = make_image(collection, said("photo"))
    document = make_document(collection, said("liste"))
    home = home_of(territory)
    published = make_event(territory, said("marché"), slug=f"{token}-marche")
    draft = make_event(territory, said("brouillon"), slug=f"{token}-brouillon", published=False)
    draft.locked, draft.locked_by, draft.locked_at = True, member, timezone.now()
    draft.save()
    actor = make_actor(territory, said("acteur"), email=f"contact@{token}.example")
    partner = add_partner(
        actor=actor, user=make_member(territory, "partner", f"{token}-partenaire")
    )
    make_service(
        territory,
        said("service"),
        places=[ServicePlace(actor=actor, label=said("permanence"), note=said("porte"))],
    )
    make_route(territory, said("parcours"), stops=[(actor, said("étape")), actor])
    make_service(territory, said("service à venir"), published=False)
    make_content_page(territory, said("page"), introduction=said("introduction"))
    private = make_content_page(territory, said("page privée"))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    waiting = make_content_page(territory, said("page en attente"), published=False)
    letters = letters_of(territory, token, said)
    make_news(territory, said("nouvelle"), summary=said("résumé d’une nouvelle"))
    story = make_story(
        territory, said("parcours"), consent={"given_by": said("signataire"), "user": member}
    )
    label_it(published, member)
    told = report_on(published, said)
    practice = make_sheet(
        territory, said("fiche"), published=False, report=told.identity, about=published
    )
    published.title = said("marché changé")
    published.save_revision(user=member, log_action=True)
    comment = Comment.objects.create(
        page=published, user=member, text=said("remarque"), contentpath="title"
    )
    workflow, task, state = put_in_workflow(home, waiting, member, said)
    source, _made = TranslationSource.get_or_create_from_instance(published)
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="en")
    )
    translation.save_target(user=member, publish=False)
    session = EditingSession.objects.create(
        user=member, content_object=published, last_seen_at=timezone.now()
    )
    upload = UploadedFile.objects.create(
        for_content_type=None,
        uploaded_by_user=member,
        file=ContentFile(b"x", name=f"{token}-envoi.txt"),
    )
    proposal = offer_change(
        page=published,
        differences={"summary": {"before": published.summary, "after": said("résumé")}},
        note=said("mot"),
        user=member,
    )
    response = make_response(
        make_call(territory, said("appel")),
        organisation=said("organisme"),
        contact_name=said("personne"),
        title=said("projet"),
        description=said("description"),
    )
    attached = ResponseFile(response=response, name=f"{token}.pdf", size=1)
    attached.file.save(f"{token}.pdf", ContentFile(b"%PDF"))
    application = ask_for_the_label(draft, said)
    return Things(
        territory, home, published, draft, waiting, image, document, collection, member,
        workflow, task, state, translation, session, upload,
        {
            "comment": comment,
            "agenda": agenda_of(territory),
            "term": Term.objects.first(),
            "word": GlossaryEntry.objects.create(
                territory=territory, code=f"{token}-mot", term=said("mot"), definition=said("sens")
            ),
            **kept_of_the_search(territory, said, published),
            **letters,
            "grid": CriteriaGrid.objects.current(),
            "addition": add_a_criterion(territory, said),
            "proposal": proposal,
            "invitation": invite(
                territory=territory,
                email=f"invitee@{token}.example",
                roles=["editor"],
                invited_by=member,
            ),
            "actor": actor,
            "partner": partner,
            "sheet": ImportedResource.objects.create(
                territory=territory,
                kind="structure",
                source=said("annuaire"),
                external_id="1",
                page=actor,
                gone_on=timezone.localdate(),
            ),
            "message": ContactMessage.objects.create(
                territory=territory,
                subject=said("sujet"),
                text=said("message"),
                name=said("nom"),
                language="fr",
            ),
            "story": story,
            "response": response,
            "report": told,
            "label": told.label,
            "practice": practice,
            "application": application,
            "registration": make_registration(
                published, first_name=said("prénom"), note=said("à savoir")
            ),
            "subscriber": make_subscriber(territory, f"abonne@{token}.example", said("accord")),
            "subscriber_file": SubscriberFile.objects.create(
                territory=territory, name=said("fichier"), words=said("accord")
            ),
        },
    )  # fmt: skip


def make_image(collection: Collection, title: str) -> Image:
    stem = title.replace(" ", "-")
    drawn = get_test_image_file(filename=f"{stem}.png")
    return Image.objects.create(
        title=title, file=ImageFile(drawn.file, name=f"{stem}.png"), collection=collection
    )


def make_document(collection: Collection, title: str) -> Document:
    return Document.objects.create(
        title=title,
        file=ContentFile(b"a;b", name=f"{title.replace(' ', '-')}.csv"),
        collection=collection,
    )


def label_it(event: Page, member: User) -> None:
    grid = CriteriaGrid.objects.current()
    grant_label(page=event, grid=grid, criteria=grid.criteria.all(), granted_by=member)


def report_on(event: Page, said: Callable[[str], str]) -> Report:
    report = Report.objects.get(label__page=event, moment=Moment.JUST_AFTER)
    words = {"worked": said("ce qui a marché"), "signed": said("signature")}
    keep_report(report=report, figures={"reached": 3}, words=words)
    photo = ReportPhoto(report=report, is_agreed=True)
    photo.file.save("photo.jpg", ContentFile(b"x"))
    return report


def add_a_criterion(territory: Territory, said: Callable[[str], str]) -> Criterion:
    criterion = new_addition(territory, CriteriaGrid.objects.current())
    criterion.name, criterion.question = said("critère"), said("question")
    return keep_addition(criterion=criterion)


def ask_for_the_label(event: Page, said: Callable[[str], str]) -> Application:
    application = make_application(
        event.territory,
        event,
        state="submitted",
        organisation=said("organisme"),
        contact_name=said("personne"),
    )
    answer = application.answers.first()
    Evidence.objects.create(answer=answer, name=said("preuve"), file=ContentFile(b"%PDF", "x.pdf"))
    ReviewRules.objects.create(territory=event.territory, quorum=0)
    return application


def put_in_workflow(home: Page, page: Page, member: User, said: Callable[[str], str]):
    workflow = Workflow.objects.create(name=said("circuit"))
    task = GroupApprovalTask.objects.create(name=said("relecture"))
    task.groups.set(member.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)
    return workflow, task, workflow.start(page, member)


def keys_of(their: Things) -> dict[str, int]:
    """Primary keys of a territory's things, by the names that the table uses."""
    names = (
        "home published draft waiting image document collection member workflow task state "
        "translation session upload territory"
    )
    known = {name: getattr(their, name).pk for name in names.split()}
    return known | {
        "site": their.territory.site_id,
        "locale": their.home.locale_id,
        "group": their.member.groups.get().pk,
        "agenda": their.more["agenda"].pk,
        "task_state": their.state.current_task_state_id,
        "revision": their.published.latest_revision_id,
        "source": their.translation.source_id,
        "segment": their.translation.source.stringsegment_set.first().pk,
        "term": their.more["term"].pk,
        "word": their.more["word"].pk,
        "synonym": their.more["synonym"].pk,
        "promotion": their.more["promotion"].pk,
        "unmet": their.more["unmet"].pk,
        "sending": their.more["sending"].pk,
        "addition": their.more["addition"].pk,
        "grid": their.more["grid"].pk,
        "run": Provisioning.objects.get(territory=their.territory).pk,
        "proposal": their.more["proposal"].pk,
        "invitation": their.more["invitation"].pk,
        "actor": their.more["actor"].pk,
        "partner": their.more["partner"].pk,
        "sheet": their.more["sheet"].pk,
        "story": their.more["story"].pk,
        "letter": their.more["letter"].pk,
        "letters": their.more["letter"].get_parent().pk,
        "message": their.more["message"].pk,
        "call": their.more["response"].call_id,
        "response": their.more["response"].pk,
        "practice": their.more["practice"].pk,
        "registration": their.more["registration"].pk,
        "subscriber": their.more["subscriber"].pk,
        "subscriber_file": their.more["subscriber_file"].pk,
        "label": their.more["report"].label_id,
        "report": their.more["report"].pk,
        "report_photo": their.more["report"].photos.get().pk,
        "application": their.more["application"].pk,
        "evidence": Evidence.objects.get(answer__application=their.more["application"]).pk,
        "response_file": their.more["response"].files.get().pk,
    }
