from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from territories.audit import actions

from .consents.rules import consent_of, refusal_to_publish
from .consents.views import ConsentView, ScanView, WithdrawView, may_keep_consents
from .models import SuccessStoryPage


@hooks.register("register_admin_urls")
def admin_urls():
    return [
        path("newsroom/<int:page_id>/consent/", ConsentView.as_view(), name="newsroom_consent"),
        path("newsroom/<int:page_id>/withdraw/", WithdrawView.as_view(), name="newsroom_withdraw"),
        path("newsroom/<int:page_id>/scan/", ScanView.as_view(), name="newsroom_scan"),
    ]


@hooks.register("register_page_header_buttons")
def consent_buttons(page, user, view_name, next_url=None):
    if page.specific_class is not SuccessStoryPage:
        return
    story = page.specific.record
    if not may_keep_consents(story, user):
        return
    address = reverse("newsroom_consent", args=[story.pk])
    yield Button(_("Accord écrit"), address, icon_name="doc-full-inverse", priority=17)
    consent = consent_of(story)
    if consent and not consent.is_withdrawn:
        address = reverse("newsroom_withdraw", args=[story.pk])
        yield Button(_("Consentement retiré"), address, icon_name="cross", priority=18)


# The form of a story says it first. These are the ways that go round it.
@hooks.register("before_publish_page")
def refuse_without_consent(request, page):
    if page.specific_class is SuccessStoryPage:
        return refused(request, page.specific)


@hooks.register("before_edit_page", order=-10)
def refuse_a_translation_without_consent(request, page):
    """The editor of translations has a form of its own."""
    publishes = request.method == "POST" and request.POST.get("action") == "publish"
    if publishes and page.specific_class is SuccessStoryPage:
        return refused(request, page.specific)


@hooks.register("before_bulk_action")
def refuse_several_without_consent(request, action, pages, view):
    if request.method != "POST" or action != "publish":
        return None
    for page in pages:
        if not isinstance(page, Page):
            continue
        below = Page.objects.filter(pk=page.pk)
        if request.POST.get("include_descendants"):
            below = Page.objects.descendant_of(page, inclusive=True)
        for story in below.type(SuccessStoryPage).not_live().specific():
            if answer := refused(request, story):
                return answer
    return None


def refused(request, story: SuccessStoryPage):
    if sentence := refusal_to_publish(story):
        messages.error(request, sentence)
        return redirect("wagtailadmin_pages:edit", story.pk)
    return None


@hooks.register("register_log_actions")
def log_actions(registry):
    actions.register(
        registry,
        {
            "newsroom.consent": (
                _("Enregistrer un accord écrit"),
                _("Accord écrit enregistré, valable jusqu’au %(day)s"),
            ),
            "newsroom.withdraw": (
                _("Retirer un accord écrit"),
                _("Accord écrit retiré le %(day)s : %(reason)s"),
            ),
            "newsroom.expire": (
                _("Dépublier un parcours sans accord"),
                _("Parcours dépublié : son accord écrit n’est plus valable"),
            ),
        },
    )
