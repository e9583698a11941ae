"""Views of pages that show something of a page before they ask whose it is."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.workflow import ConfirmWorkflowCancellationView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from territories.proofreading.panel import ProofreadCreate, ProofreadEdit
from territories.tenancy.policies import explorable_pages

from .filters import with_own_names


class ExploreOwnPages(ExplorableIndexView):
    """Wagtail refuses what stands outside one's highest page: with homes in several languages
    that is the root of all trees."""

    def get(self, request, parent_page_id=None):
        if parent_page_id and not explorable_pages(request.user).filter(pk=parent_page_id).exists():
            raise Http404
        return super().get(request, parent_page_id)


class CopyOwnPage(CopyView):
    """Wagtail names the page that one may not copy to."""

    def post(self, request, page_id, *args, **kwargs):
        asked = request.POST.get("new_parent_page", "")
        own = explorable_pages(request.user)
        if not asked.isdecimal() or not own.filter(pk=asked).exists():
            raise PermissionDenied
        return super().post(request, page_id, *args, **kwargs)


class MoveOwnPage(MoveConfirmView):
    def dispatch(self, request, page_to_move_id, destination_id, *args, **kwargs):
        page = get_object_or_404(Page, pk=page_to_move_id)
        destination = get_object_or_404(Page, pk=destination_id)
        if not page.permissions_for_user(request.user).can_move_to(destination):
            raise PermissionDenied
        return super().dispatch(request, page_to_move_id, destination_id, *args, **kwargs)


class CancelOwnWorkflow(ConfirmWorkflowCancellationView):
    def dispatch(self, request, *args, **kwargs):
        if not self.object.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class SetPrivacyAmongOwnGroups(SetPrivacyView):
    def post(self, request, *args, **kwargs):
        # The form is hidden where a type offers no choice; what is posted would be carried out.
        if not self.page.private_page_options:
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if not self.request.user.is_superuser:
            own = Group.objects.filter(pk__in=self.request.user.groups.all())
            form.fields["groups"].queryset = own
        return form


class OwnPageViewSet(PageViewSet):
    """The views of every page type, in the place of Wagtail's."""

    filterset_class = with_own_names(GenericPageFilterSet)
    add_view_class = ProofreadCreate
    edit_view_class = ProofreadEdit
    index_view_class = ExploreOwnPages
    copy_view_class = CopyOwnPage
    move_confirm_view_class = MoveOwnPage
    confirm_workflow_cancellation_view_class = CancelOwnWorkflow
    set_privacy_view_class = SetPrivacyAmongOwnGroups
