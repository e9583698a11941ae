"""What the national team or nobody but a superuser looks after: generic views of Wagtail's."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from wagtail.models import GroupApprovalTask, Locale, PageViewRestriction, Site, Task, Workflow

from labelling.models import CriteriaGrid
from portal.search.models import Synonym
from territories.models import ContentPage, GlossaryEntry, Term, Territory

from .forms import posted
from .ground import SUPERUSER
from .kinds import PORTAL, Kind, Try, address, opens, shows
from .pages import WORDS


class ViewsKind(Kind):
    """`space`: the namespace of its views. `field`: what an edit changes. `new`: what makes another
    of it, in the form that a superuser is given. `more`: what the form lacks without a browser."""

    space = ""
    index = "index"
    chooser = ""
    field = "name"
    views = ("edit", "usage", "history", "inspect")
    new: dict[str, str] = {}
    more: dict[str, str | list[str]] = {}
    edit_name, add_name, delete_name = "edit", "add", "delete"

    def list(self, t: Try) -> bool:
        return shows(t.get(f"{self.space}:{self.index}"), self.thing(t.side))

    def view(self, t: Try) -> bool:
        thing = self.thing(t.side)
        return any(opens(t.get(f"{self.space}:{name}", thing.pk), thing) for name in self.views)

    def form(self, t: Try, name: str, *arguments, as_new: bool = False) -> dict:
        """As a superuser is given it, with `more`."""
        key = (self.space, name, *arguments, as_new)
        if key not in t.ground.forms:
            able = Client()
            able.force_login(t.ground.people[SUPERUSER])
            answer = able.get(address(f"{self.space}:{name}", *arguments), headers=PORTAL)
            t.ground.forms[key] = posted(answer.context["form"], as_new=as_new)
        return {**t.ground.forms[key], **self.more}

    def create(self, t: Try) -> bool | None:
        if not self.new:
            return None
        model = self.models[0]
        before = model.objects.count()
        form = {**self.form(t, self.add_name, as_new=True), **self.new}
        t.post(f"{self.space}:{self.add_name}", form=form)
        return model.objects.count() > before

    def edit(self, t: Try) -> bool | None:
        if not self.field:
            return None
        thing = self.thing(t.side)
        form = {**self.form(t, self.edit_name, thing.pk), self.field: WORDS}
        t.post(f"{self.space}:{self.edit_name}", thing.pk, form=form)
        return getattr(self.models[0].objects.get(pk=thing.pk), self.field) == WORDS

    def delete(self, t: Try) -> bool | None:
        if not self.delete_name:
            return None
        thing = self.thing(t.side)
        t.post(f"{self.space}:{self.delete_name}", thing.pk, form={})
        return self.is_gone(thing)

    def is_gone(self, thing: Model) -> bool:
        return not self.models[0].objects.filter(pk=thing.pk).exists()


class SnippetKind(ViewsKind):
    index = "list"
    shared = True

    def choose(self, t: Try) -> bool:
        thing = self.thing(t.side)
        space = self.space.replace("wagtailsnippets", "wagtailsnippetchoosers")
        if shows(t.get(f"{space}:choose_results"), thing):
            return True
        return t.get(f"{space}:chosen", thing.pk).status_code == 200


class TermKind(SnippetKind):
    name, models, space = "term", (Term,), "wagtailsnippets_territories_term"
    views = ("edit", "usage", "history")
    field = "resident_label"

    def list(self, t: Try) -> bool:
        term = self.thing(t.side)
        return shows(t.get(f"{self.space}:list", query=f"?kind={term.kind}"), term)


class WordKind(ViewsKind):
    """A word of the glossary: a territory's, or on the portal's side a national one."""

    name, models, space = "word", (GlossaryEntry,), "glossary_entries"
    views = ("edit", "usage", "history")
    field = "say_instead"

    def list(self, t: Try) -> bool:
        word = self.thing(t.side)
        return shows(t.get(f"{self.space}:index", query=f"?q={word.term}"), word)

    def create(self, t: Try) -> bool:
        owner = t.side.territory and t.side.territory.pk
        form = {"term": WORDS, "definition": WORDS, "territory": owner or ""}
        t.post(f"{self.space}:add", form=form)
        return GlossaryEntry.objects.filter(term=WORDS, territory=owner).exists()


class SynonymKind(ViewsKind):
    """A synonym of the search: a territory's, or on the portal's side a national one."""

    name, models, space = "synonym of the search", (Synonym,), "search_synonyms"
    views = ("edit", "usage", "history")
    field = "means"

    def list(self, t: Try) -> bool:
        synonym = self.thing(t.side)
        return shows(t.get(f"{self.space}:index", query=f"?q={synonym.said}"), synonym)

    def create(self, t: Try) -> bool:
        owner = t.side.territory and t.side.territory.pk
        form = {"said": "gazole", "link": "towards", "means": WORDS, "territory": owner or ""}
        t.post(f"{self.space}:add", form=form)
        return Synonym.objects.filter(said="gazole", territory=owner).exists()


class GridKind(SnippetKind):
    name, models, space = "grid", (CriteriaGrid,), "wagtailsnippets_labelling_criteriagrid"
    views = ("edit", "usage", "history", "inspect")

    def create(self, t: Try) -> bool:
        # With the criteria of another one.
        form = self.form(t, self.edit_name, self.thing(t.side).pk, as_new=True)
        t.post(f"{self.space}:{self.add_name}", form={**form, "name": WORDS, "version": "2099-2"})
        return CriteriaGrid.objects.filter(name=WORDS).exists()


class TerritoryKind(ViewsKind):
    name, models, space, field = "territory", (Territory,), "territory", "tagline"
    views = ("edit", "history")
    delete_name = ""

    def list(self, t: Try) -> bool:
        own = self.thing(t.side)
        answer = t.get("territory:index")
        # Whoever has one only is led to it.
        return shows(answer, own) or answer.headers.get("Location") == address(
            "territory:edit", own.pk
        )

    def crafted(self, t: Try) -> bool | None:
        """Whether one's own may bear a logo of that side."""
        own = self.thing(t.here)
        if own is None:
            return None
        logo = t.side.get("image")
        form = {**self.form(t, self.edit_name, own.pk), "logo": logo.pk}
        t.post(f"{self.space}:{self.edit_name}", own.pk, form=form)
        return Territory.objects.get(pk=own.pk).logo_id == logo.pk


class LocaleKind(ViewsKind):
    name, models, space, field = "locale", (Locale,), "wagtaillocales", ""
    views = ("edit", "usage")
    shared = True


class SiteKind(ViewsKind):
    name, models, space, field = "site", (Site,), "wagtailsites", "site_name"
    views = ("edit", "usage", "history")
    new = {"hostname": "essai.localhost", "port": "80", "root_page": "1", "is_default_site": ""}


class PersonKind(ViewsKind):
    name, models, space, field = "person", (User,), "wagtailusers_users", "first_name"
    views = ("edit", "usage", "history")
    more = {"email": "essai@example.org", "last_name": "Essai"}
    new = {
        "username": "essai", "email": "essai@example.org", "first_name": "Nour",
        "last_name": "Essai", "password1": "un-long-mot-de-passe-9", "password2":
        "un-long-mot-de-passe-9",
    }  # fmt: skip


class GroupKind(ViewsKind):
    name, models, space = "group", (Group,), "wagtailusers_groups"
    views = ("edit", "usage", "history")
    # Some permissions that a role gives are not in the form.
    more = {
        "permissions": [],
        **{
            f"{prefix}_permissions-{field}_FORMS": "0"
            for prefix in ("page", "collection", "document", "image")
            for field in ("TOTAL", "INITIAL")
        },
    }
    new = {"name": WORDS}

    def crafted(self, t: Try) -> bool | None:
        """Whether a page of one's own may be kept for it."""
        page = t.here.pages[ContentPage]
        group = self.thing(t.side)
        form = {"restriction_type": "groups", "groups": [group.pk]}
        t.post("wagtailadmin_pages:set_privacy", page.pk, form=form)
        return PageViewRestriction.objects.filter(page=page, groups=group).exists()


class WorkflowKind(ViewsKind):
    name, models, space = "workflow", (Workflow,), "wagtailadmin_workflows"
    more = {"pages-TOTAL_FORMS": "0", "pages-INITIAL_FORMS": "0"}
    views = ("edit", "usage")
    delete_name = "disable"

    def is_gone(self, thing: Workflow) -> bool:
        return not Workflow.objects.get(pk=thing.pk).active


class TaskKind(ViewsKind):
    name, models, space, index = "task", (Task,), "wagtailadmin_workflows", "task_index"
    views = ("edit_task",)
    edit_name, delete_name = "edit_task", "disable_task"

    def edit(self, t: Try) -> bool:
        # Its name stays what it was: who does it is what one changes.
        task = self.thing(t.side)
        group = t.side.get("group")
        t.post(f"{self.space}:{self.edit_name}", task.pk, form={"groups": [group.pk]})
        return GroupApprovalTask.objects.get(pk=task.pk).groups.filter(pk=group.pk).exists()

    def choose(self, t: Try) -> bool:
        return t.get(f"{self.space}:task_chosen", self.thing(t.side).pk).status_code == 200

    def is_gone(self, thing: Task) -> bool:
        return not Task.objects.get(pk=thing.pk).active
