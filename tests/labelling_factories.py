"""Applications for the label, as the public form and the admin make them."""

from labelling.applying.beginning import begin_application
from labelling.models import Answer, Application, ReviewRules, State
from labelling.review.moving import move
from labelling.review.transitions import Part


def make_application(territory, page=None, *, state=State.DRAFT, met=True, **said) -> Application:
    """By somebody without an account, everything answered, sent unless it is to stay a draft."""
    application = begin_application(
        **{
            "territory": territory,
            "subject": "event",
            "title": "Forum des métiers",
            "page": page,
            "language": "fr",
            "organisation": "Régie de quartier",
            "contact_name": "Samira Haddad",
            "email": "samira@example.org",
            "phone": "06 39 98 12 34",
            **said,
        }
    )
    for criterion in application.grid.criteria.all():
        facts = {"met": "yes" if met else "no"}
        if criterion.key == "follow-up":
            facts["who"] = "Samira Haddad"
        Answer.objects.update_or_create(
            application=application,
            criterion=criterion,
            defaults={"is_met": met, "text": "C’est gratuit et tout près.", "facts": facts},
        )
    if state != State.DRAFT:
        move(application=application, name="send", part=Part.APPLICANT, signed="Samira Haddad")
    if state not in (State.DRAFT, State.SUBMITTED):
        Application.objects.filter(pk=application.pk).update(state=state)
        application.state = state
    return application


def set_rules(territory, quorum=0, answer_within=15) -> ReviewRules:
    rules, _made = ReviewRules.objects.update_or_create(
        territory=territory, defaults={"quorum": quorum, "answer_within": answer_within}
    )
    return rules
