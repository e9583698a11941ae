"""Every address of the admin, by its name: how to call it with Beta's things, and what to expect.

An address that is not here fails the test of the walk: a new version of Wagtail, a new package or
plugin brings some. Say of each what an editor of another territory may get from it:

- HIDDEN: it answers, and says nothing of Beta;
- REFUSED: called with Beta's things it answers no, and changes nothing;
- NATIONAL: it answers no whatever it is called with: the national team's;
- HARMLESS: it says nothing of any territory, or only what is shared by all.

Redirects, search promotions and simple_translation are not installed: none of their addresses
stands here, and the walk fails the day that they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .beta import WORD

HIDDEN, REFUSED, NATIONAL, HARMLESS = "hidden", "refused", "national", "harmless"


@dataclass(frozen=True)
class Visit:
    """`things`: which of Beta's an argument of the address stands for, or a word as it is.

    `queries`: what to ask for; `{name}` is the primary key of one of Beta's things. `form`: what to
    post beside nothing at all, in the same manner.
    """

    expected: str
    things: dict[str, str] = field(default_factory=dict)
    queries: tuple[str, ...] = ("",)
    form: dict[str, str] = field(default_factory=dict)


# What an argument of this name stands for, where the table does not say otherwise.
THINGS = {
    "page_id": "draft",
    "parent_page_id": "home",
    "page_to_move_id": "draft",
    "destination_id": "home",
    "page_pk": "home",
    "revision_id": "revision",
    "task_id": "task",
    "task_state_id": "task_state",
    "workflow_pk": "workflow",
    "workflow_state_id": "state",
    "collection_id": "collection",
    "image_id": "image",
    "document_id": "document",
    "doc_id": "document",
    "uploaded_file_id": "upload",
    "translation_id": "translation",
    "translation_source_id": "source",
    "string_segment_id": "segment",
    "overridable_segment_id": "segment",
    "session_id": "session",
    "proposal_id": "proposal",
    "message_id": "message",
    "response_id": "response",
    "file_id": "response_file",
    "registration_id": "registration",
    "object_id": "published",
    "filter_spec": "max-100x100",
    "mode": "web",
}
EVENT = {"content_type_app_name": "agenda", "content_type_model_name": "eventpage"}
SNIPPET = {"app_label": "labelling", "model_name": "criteriagrid"}
SEARCHES = ("", f"q={WORD}")


def _each(expected: str, names: str, **details) -> dict[str, Visit]:
    return {name: Visit(expected, **details) for name in names.split()}


def _in(namespace: str, names: str) -> str:
    return " ".join(f"{namespace}:{name}" for name in names.split())


VIEWSET = "index index_results add edit delete history history_results usage copy"
SNIPPETS = "list list_results add edit delete usage history history_results"
CHOOSER = "choose choose_results create"


def _pages() -> dict[str, Visit]:
    of_page = (
        "usage edit preview_on_edit view_draft add_subpage delete unpublish convert_alias move "
        "move_confirm set_page_position copy set_privacy lock unlock revisions_index "
        "workflow_history history history_results add preview_on_add"
    )
    of_revision = "revisions_view revisions_revert revisions_unschedule"
    in_workflow = (
        "workflow_action collect_workflow_action_data confirm_workflow_cancellation "
        "workflow_preview workflow_history_detail"
    )
    ns = "wagtailadmin_pages"
    explorer = "wagtailadmin_explore wagtailadmin_explore_results"
    chooser = ("", "page_type=agenda.eventpage", "can_choose_root=1", "user_perms=copy_to")
    lists = "services:index services:index_results actors:index actors:index_results"
    parents = "services:choose_parent actors:choose_parent wagtailadmin_pages:choose_parent"
    return {
        **_each(REFUSED, _in(ns, of_page), things=EVENT, form={"new_title": "x", "title": "x"}),
        **_each(REFUSED, _in(ns, of_revision), things={"page_id": "published"}),
        f"{ns}:revisions_compare": Visit(
            REFUSED, {"pk": "published", "revision_id_a": "earliest", "revision_id_b": "latest"}
        ),
        **_each(
            REFUSED, _in(ns, in_workflow), things={"page_id": "waiting", "action_name": "approve"}
        ),
        **_each(HIDDEN, _in(ns, "type_use type_use_results"), things=EVENT),
        **_each(HIDDEN, _in(ns, "search search_results"), queries=SEARCHES),
        **_each(HIDDEN, parents, things={"app_label": "agenda", "model_name": "eventpage"}),
        **_each(HIDDEN, lists, queries=SEARCHES),
        **_each(HIDDEN, "wagtailadmin_home wagtailadmin_explore_root"),
        **_each(REFUSED, explorer, things={"parent_page_id": "draft"}, queries=SEARCHES),
        "wagtailadmin_choose_page": Visit(HIDDEN, queries=chooser),
        "wagtailadmin_choose_page_child": Visit(
            REFUSED, {"parent_page_id": "draft"}, queries=chooser
        ),
        "wagtailadmin_choose_page_search": Visit(HIDDEN, queries=SEARCHES),
        "wagtailadmin_choose_page_chosen_multiple": Visit(
            HIDDEN, queries=("id={draft}&id={published}",)
        ),
        "newsletter_fill": Visit(REFUSED),
        **_each(REFUSED, "proposals:review proposals:withdraw proposals:propose"),
        "proposals:ask": Visit(REFUSED, {"page_id": "published"}, form={"email": "x@example.org"}),
        **_each(HIDDEN, "proposals:index proposals:index_results", queries=("", "state=applied")),
        **_each(HIDDEN, "proposals:sheets"),
        **_each(
            REFUSED,
            "resources_directory_partners resources_directory_remove_partner",
            things={"page_id": "actor", "member_id": "partner"},
            form={"email": "x@example.org"},
        ),
        **_each(REFUSED, "labelling_grant labelling_withdraw", things={"page_id": "published"}),
        **_each(
            REFUSED,
            "newsroom_consent newsroom_withdraw newsroom_scan",
            things={"page_id": "story"},
            form={"reason": "x", "day": "2026-01-01"},
        ),
        "wagtailadmin_editing_sessions:ping": Visit(
            REFUSED, {"app_label": "agenda", "model_name": "eventpage"}
        ),
        # It says nothing and ends one's own sessions only.
        "wagtailadmin_editing_sessions:release": Visit(HARMLESS),
    }


def _api() -> dict[str, Visit]:
    ns = "wagtailadmin_api"
    return {
        f"{ns}:pages:listing": Visit(
            HIDDEN, queries=("", "limit=20", "child_of={home}", "for_explorer=1&child_of={home}")
        ),
        f"{ns}:pages:detail": Visit(REFUSED, {"pk": "draft"}),
        f"{ns}:pages:find": Visit(REFUSED, queries=("id={draft}", "html_path=/")),
        f"{ns}:pages:action": Visit(REFUSED, {"pk": "draft", "action_name": "delete"}),
        **_each(HIDDEN, f"{ns}:images:listing", queries=("", f"search={WORD}")),
        **_each(HIDDEN, f"{ns}:documents:listing", queries=("", f"search={WORD}")),
        f"{ns}:images:detail": Visit(REFUSED, {"pk": "image"}),
        f"{ns}:documents:detail": Visit(REFUSED, {"pk": "document"}),
        f"{ns}:images:find": Visit(REFUSED, queries=("id={image}",)),
        f"{ns}:documents:find": Visit(REFUSED, queries=("id={document}",)),
    }


def _media() -> dict[str, Visit]:
    searches = (*SEARCHES, "collection_id={collection}")
    shown = {
        "wagtailimages": "edit delete url_generator url_generator_output preview image_usage "
        "edit_multiple delete_multiple create_multiple_from_uploaded_image delete_upload_multiple",
        "wagtaildocs": "edit delete document_usage edit_multiple delete_multiple "
        "create_multiple_from_uploaded_document delete_upload_multiple",
    }
    form = {"title": "x", "collection": "{collection}"}
    return {
        **_each(REFUSED, _in("wagtailimages", shown["wagtailimages"]), form=form),
        **_each(REFUSED, _in("wagtaildocs", shown["wagtaildocs"]), form=form),
        **_each(HIDDEN, _in("wagtailimages", "index index_results"), queries=searches),
        **_each(HIDDEN, _in("wagtaildocs", "index index_results"), queries=searches),
        **_each(HIDDEN, _in("wagtailimages", "add add_multiple")),
        **_each(HIDDEN, _in("wagtaildocs", "add add_multiple")),
        **_each(HIDDEN, _in("wagtailimages_chooser", CHOOSER), queries=searches),
        **_each(HIDDEN, _in("wagtaildocs_chooser", CHOOSER), queries=searches),
        **_each(
            REFUSED, _in("wagtailimages_chooser", "chosen select_format"), things={"pk": "image"}
        ),
        "wagtaildocs_chooser:chosen": Visit(REFUSED, {"pk": "document"}),
        "wagtailimages_chooser:chosen_multiple": Visit(HIDDEN, queries=("id={image}",)),
        "wagtaildocs_chooser:chosen_multiple": Visit(HIDDEN, queries=("id={document}",)),
        "wagtailadmin_tag_autocomplete": Visit(HIDDEN, queries=("term=z",)),
        "wagtailadmin_tag_model_autocomplete": Visit(
            HIDDEN, {"app_name": "taggit", "model_name": "tag"}, ("term=z",)
        ),
        **_each(
            REFUSED,
            _in("wagtailadmin_collections", "index add edit delete set_privacy"),
            things={"pk": "collection"},
        ),
    }


def _translations() -> dict[str, Visit]:
    of_translation = (
        "submit_page_translation update_translations edit_string_translation edit_override "
        "download_pofile upload_pofile machine_translate preview_translation stop_translation "
        "convert_to_alias"
    )
    ns = "wagtail_localize"
    return {
        **_each(REFUSED, _in(ns, of_translation), form={"locales": "{locale}", "value": "x"}),
        **_each(NATIONAL, _in(ns, "submit_snippet_translation"), things={**SNIPPET, "pk": "grid"}),
        **_each(HIDDEN, _in(ns, "translations_report translations_report_results")),
        **_each(HARMLESS, _in(ns, "javascript_catalog")),
        **_each(
            HARMLESS,
            _in(ns, "snippets_api_listing snippets_api_detail"),
            things={**SNIPPET, "pk": "grid"},
        ),
    }


def _reports() -> dict[str, Visit]:
    reports = "locked_pages workflow workflow_tasks aging_pages"
    names = " ".join(f"{name} {name}_results" for name in reports.split())
    everybodys = "site_history site_history_results page_types_usage page_types_usage_results"
    return {
        **_each(HIDDEN, _in("wagtailadmin_reports", names), queries=("", "export=csv")),
        # With no regard to roles: superusers' alone.
        **_each(NATIONAL, _in("wagtailadmin_reports", everybodys), queries=("", "export=csv")),
        **_each(
            HIDDEN,
            "territories_journal territories_journal_results",
            queries=("", "export=csv", "user={member}", "territory={territory}", f"label={WORD}"),
        ),
        **_each(HIDDEN, _in("glossary_entries", "index index_results"), queries=SEARCHES),
        "glossary_entries:add": Visit(
            HIDDEN, form={"term": "x", "definition": "x", "territory": "{territory}"}
        ),
        **_each(
            REFUSED,
            _in("glossary_entries", "edit delete usage history history_results"),
            things={"pk": "word"},
            form={"term": "x", "definition": "x", "territory": "{territory}"},
        ),
    }


def _national() -> dict[str, Visit]:
    workflows = "index index_results add enable disable edit usage usage_results remove"
    tasks = (
        "add_task select_task_type task_index task_index_results edit_task disable_task "
        "enable_task task_chooser task_chooser_results task_chooser_create task_chosen"
    )
    approval = {"pk": "task", "app_label": "wagtailcore", "model_name": "groupapprovaltask"}
    grids, terms = "labelling_criteriagrid", "territories_term"
    return {
        **_each(NATIONAL, _in("wagtailadmin_workflows", workflows), things={"pk": "workflow"}),
        **_each(NATIONAL, _in("wagtailadmin_workflows", tasks), things=approval),
        **_each(
            NATIONAL,
            _in("provisioning", "start summary step run state resume correct"),
            things={"key": "run", "step": "identity"},
        ),
        **_each(NATIONAL, _in("wagtaillocales", VIEWSET), things={"pk": "locale"}),
        **_each(NATIONAL, _in("wagtailsites", VIEWSET), things={"pk": "site"}),
        **_each(NATIONAL, _in("wagtailusers_users", VIEWSET), things={"pk": "member"}),
        **_each(
            NATIONAL,
            _in("wagtailusers_groups", VIEWSET.replace(" copy", "")),
            things={"pk": "group"},
        ),
        **_each(
            NATIONAL, _in(f"wagtailsnippets_{grids}", "add edit delete"), things={"pk": "grid"}
        ),
        **_each(
            NATIONAL, _in(f"wagtailsnippets_{terms}", f"{SNIPPETS} copy"), things={"pk": "term"}
        ),
        **_each(
            NATIONAL,
            "wagtailsettings:edit wagtailsettings:preview_on_edit",
            things={"app_name": "labelling", "model_name": "criteriagrid", "pk": "site"},
        ),
        # Words and grids are the same for all, and whoever judges by a grid reads it.
        **_each(
            HARMLESS,
            _in(
                f"wagtailsnippets_{grids}",
                "list list_results usage history history_results inspect",
            ),
            things={"pk": "grid"},
        ),
        **_each(
            HARMLESS,
            _in(f"wagtailsnippetchoosers_{grids}", f"{CHOOSER} chosen chosen_multiple"),
            things={"pk": "grid"},
            queries=("id={grid}",),
        ),
        **_each(
            HARMLESS,
            _in(f"wagtailsnippetchoosers_{terms}", f"{CHOOSER} chosen chosen_multiple"),
            things={"pk": "term"},
            queries=("id={term}",),
        ),
    }


def _people() -> dict[str, Visit]:
    return {
        # Whoever holds the link of an invitation is its reader: another token opens nothing.
        **_each(REFUSED, "people_accept second_factor_reset", things={"token": "x"}),
        # One's own.
        **_each(HARMLESS, "second_factor second_factor_enrol second_factor_verify"),
        "second_factor_rules": Visit(NATIONAL),
        # To one's own team, or a list of those that one looks after.
        "people_teams": Visit(HIDDEN),
        **_each(
            REFUSED,
            "people_team people_invite people_roles people_remove people_hand_over "
            "people_send_again people_withdraw people_second_factor",
            things={"owner": "beta", "user_id": "member", "invitation_id": "invitation"},
            form={"email": "x@example.org", "roles": "coordinator", "successor": "{member}"},
        ),
    }


def _received() -> dict[str, Visit]:
    """What residents and organisations send: messages, answers to calls, registrations."""
    messages, answers, comers = "contact_messages", "cooperation_responses", "registrations"
    added = {"first_name": "x", "people": "1", "word": "x", "called": "{registration}"}
    return {
        **_each(HIDDEN, _in(messages, "index index_results"), queries=("", "state=waiting")),
        **_each(REFUSED, _in(messages, "read delete"), form={"action": "answered"}),
        **_each(HIDDEN, _in(answers, "index index_results export"), queries=("", "call={call}")),
        **_each(REFUSED, _in(answers, "read delete file")),
        **_each(HIDDEN, _in(comers, "index index_results")),
        **_each(
            REFUSED,
            _in(comers, "event add tell export print"),
            things={"page_id": "published"},
            form=added,
        ),
        **_each(REFUSED, _in(comers, "read delete"), form={"action": "cancel"}),
    }


def _identity() -> dict[str, Visit]:
    of_territory = "edit history history_results preview_on_edit preview_theme"
    return {
        **_each(HIDDEN, _in("territory", "index index_results"), queries=SEARCHES),
        **_each(
            REFUSED,
            _in("territory", of_territory),
            things={"pk": "territory", "first": "5a2a86", "second": "f5c84b"},
            form={"name": "x", "tagline": "x"},
        ),
        "legal_facts": Visit(REFUSED, {"owner": "beta"}, form={"director": "x"}),
    }


def _bare() -> dict[str, Visit]:
    return _each(
        HARMLESS,
        "wagtailadmin_choose_page_external_link wagtailadmin_choose_page_email_link "
        "wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link "
        "wagtailadmin_account wagtailadmin_dismissibles wagtailadmin_block_preview "
        "wagtailembeds:chooser wagtailembeds:chooser_upload wagtailsnippets:index "
        "wagtailadmin_sprite wagtailadmin_login wagtailadmin_password_reset "
        "wagtailadmin_password_reset_done wagtailadmin_password_reset_confirm "
        "wagtailadmin_password_reset_complete wagtailadmin_javascript_catalog "
        "admin/test404/ wagtailadmin_error_test admin/^.*/$ wagtailadmin_logout",
        things={"uidb64": "x", "token": "x"},
    )


TABLE: dict[str, Visit] = {
    **_pages(),
    **_api(),
    **_media(),
    **_translations(),
    **_reports(),
    **_national(),
    **_people(),
    **_identity(),
    **_received(),
    **_bare(),
    # Each action of each model is called: see the walk.
    "wagtail_bulk_action": Visit(HIDDEN),
}
