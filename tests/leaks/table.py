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

from .beta import WORD
from .own import OWN
from .visits import (
    CHOOSER,
    EVENT,
    HARMLESS,
    HIDDEN,
    NATIONAL,
    REFUSED,
    SEARCHES,
    SNIPPET,
    SNIPPETS,
    VIEWSET,
    Visit,
    each,
    under,
)

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
    "application_id": "application",
    "evidence_id": "evidence",
    "message_id": "message",
    "response_id": "response",
    "file_id": "response_file",
    "registration_id": "registration",
    "subscriber_id": "subscriber",
    "subscriber_file_id": "subscriber_file",
    "sending_id": "sending",
    "report_id": "report",
    "label_id": "label",
    "photo_id": "report_photo",
    "sheet_id": "sheet",
    "object_id": "published",
    "filter_spec": "max-100x100",
    "mode": "web",
}


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
    lists = (
        "services:index services:index_results actors:index actors:index_results "
        "routes:index routes:index_results"
    )
    parents = (
        "services:choose_parent actors:choose_parent routes:choose_parent "
        "wagtailadmin_pages:choose_parent"
    )
    return {
        **each(REFUSED, under(ns, of_page), things=EVENT, form={"new_title": "x", "title": "x"}),
        **each(REFUSED, under(ns, of_revision), things={"page_id": "published"}),
        f"{ns}:revisions_compare": Visit(
            REFUSED, {"pk": "published", "revision_id_a": "earliest", "revision_id_b": "latest"}
        ),
        **each(
            REFUSED,
            under(ns, in_workflow),
            things={"page_id": "waiting", "action_name": "approve"},
        ),
        **each(HIDDEN, under(ns, "type_use type_use_results"), things=EVENT),
        **each(HIDDEN, under(ns, "search search_results"), queries=SEARCHES),
        **each(HIDDEN, parents, things={"app_label": "agenda", "model_name": "eventpage"}),
        **each(HIDDEN, lists, queries=SEARCHES),
        **each(HIDDEN, "wagtailadmin_home wagtailadmin_explore_root"),
        **each(REFUSED, explorer, things={"parent_page_id": "draft"}, queries=SEARCHES),
        "wagtailadmin_choose_page": Visit(HIDDEN, queries=chooser),
        "wagtailadmin_choose_page_child": Visit(
            REFUSED, {"parent_page_id": "draft"}, queries=chooser
        ),
        "wagtailadmin_choose_page_search": Visit(HIDDEN, queries=SEARCHES),
        "wagtailadmin_choose_page_chosen_multiple": Visit(
            HIDDEN, queries=("id={draft}&id={published}",)
        ),
        "newsletter_count_links": Visit(REFUSED, form={"count": "1"}),
        **each(
            REFUSED,
            "newsletter_fill newsletter_template newsletter_proof newsletter_proof_letter",
            things={"page_id": "letter"},
            form={"title": "x", "blocks": "text"},
        ),
        "newsletter_start": Visit(REFUSED, {"index_id": "letters"}, form={"like": "{letter}"}),
        "newsletter_start_somewhere": Visit(HIDDEN),
        **each(REFUSED, "proposals:review proposals:withdraw proposals:propose"),
        "proposals:ask": Visit(REFUSED, {"page_id": "published"}, form={"email": "x@example.org"}),
        **each(HIDDEN, "proposals:index proposals:index_results", queries=("", "state=applied")),
        **each(HIDDEN, "proposals:sheets"),
        **each(
            REFUSED,
            "resources_directory_partners resources_directory_remove_partner",
            things={"page_id": "actor", "member_id": "partner"},
            form={"email": "x@example.org"},
        ),
        **each(REFUSED, "resources_directory_close resources_directory_keep"),
        "labelling_withdraw": Visit(REFUSED, {"page_id": "published"}),
        "label_applying:begin": Visit(REFUSED, {"page_id": "published"}),
        "label_applying:continue": Visit(REFUSED),
        **each(HIDDEN, "label_applying:index label_applying:new"),
        **each(
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
        **each(HIDDEN, f"{ns}:images:listing", queries=("", f"search={WORD}")),
        **each(HIDDEN, f"{ns}:documents:listing", queries=("", f"search={WORD}")),
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
        **each(REFUSED, under("wagtailimages", shown["wagtailimages"]), form=form),
        **each(REFUSED, under("wagtaildocs", shown["wagtaildocs"]), form=form),
        **each(HIDDEN, under("wagtailimages", "index index_results"), queries=searches),
        **each(HIDDEN, under("wagtaildocs", "index index_results"), queries=searches),
        **each(HIDDEN, under("wagtailimages", "add add_multiple")),
        **each(HIDDEN, under("wagtaildocs", "add add_multiple")),
        **each(HIDDEN, under("wagtailimages_chooser", CHOOSER), queries=searches),
        **each(HIDDEN, under("wagtaildocs_chooser", CHOOSER), queries=searches),
        **each(
            REFUSED, under("wagtailimages_chooser", "chosen select_format"), things={"pk": "image"}
        ),
        "wagtaildocs_chooser:chosen": Visit(REFUSED, {"pk": "document"}),
        "wagtailimages_chooser:chosen_multiple": Visit(HIDDEN, queries=("id={image}",)),
        "wagtaildocs_chooser:chosen_multiple": Visit(HIDDEN, queries=("id={document}",)),
        "wagtailadmin_tag_autocomplete": Visit(HIDDEN, queries=("term=z",)),
        "wagtailadmin_tag_model_autocomplete": Visit(
            HIDDEN, {"app_name": "taggit", "model_name": "tag"}, ("term=z",)
        ),
        **each(
            REFUSED,
            under("wagtailadmin_collections", "index add edit delete set_privacy"),
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
        **each(REFUSED, under(ns, of_translation), form={"locales": "{locale}", "value": "x"}),
        **each(NATIONAL, under(ns, "submit_snippet_translation"), things={**SNIPPET, "pk": "grid"}),
        **each(HIDDEN, under(ns, "translations_report translations_report_results")),
        **each(HARMLESS, under(ns, "javascript_catalog")),
        **each(
            HARMLESS,
            under(ns, "snippets_api_listing snippets_api_detail"),
            things={**SNIPPET, "pk": "grid"},
        ),
    }


def _reports() -> dict[str, Visit]:
    reports = "locked_pages workflow workflow_tasks aging_pages"
    names = " ".join(f"{name} {name}_results" for name in reports.split())
    everybodys = "site_history site_history_results page_types_usage page_types_usage_results"
    return {
        **each(HIDDEN, under("wagtailadmin_reports", names), queries=("", "export=csv")),
        # With no regard to roles: superusers' alone.
        **each(NATIONAL, under("wagtailadmin_reports", everybodys), queries=("", "export=csv")),
        **each(
            HIDDEN,
            "territories_journal territories_journal_results",
            queries=("", "export=csv", "user={member}", "territory={territory}", f"label={WORD}"),
        ),
        **each(HIDDEN, under("glossary_entries", "index index_results"), queries=SEARCHES),
        "glossary_entries:add": Visit(
            HIDDEN, form={"term": "x", "definition": "x", "territory": "{territory}"}
        ),
        **each(
            REFUSED,
            under("glossary_entries", "edit delete usage history history_results"),
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
        **each(NATIONAL, under("wagtailadmin_workflows", workflows), things={"pk": "workflow"}),
        **each(NATIONAL, under("wagtailadmin_workflows", tasks), things=approval),
        **each(
            NATIONAL,
            under("provisioning", "start summary step run state resume correct"),
            things={"key": "run", "step": "identity"},
        ),
        **each(NATIONAL, under("wagtaillocales", VIEWSET), things={"pk": "locale"}),
        **each(NATIONAL, under("wagtailsites", VIEWSET), things={"pk": "site"}),
        **each(NATIONAL, under("wagtailusers_users", VIEWSET), things={"pk": "member"}),
        **each(
            NATIONAL,
            under("wagtailusers_groups", VIEWSET.replace(" copy", "")),
            things={"pk": "group"},
        ),
        **each(
            NATIONAL, under(f"wagtailsnippets_{grids}", "add edit delete"), things={"pk": "grid"}
        ),
        **each(
            NATIONAL, under(f"wagtailsnippets_{terms}", f"{SNIPPETS} copy"), things={"pk": "term"}
        ),
        **each(
            NATIONAL,
            "wagtailsettings:edit wagtailsettings:preview_on_edit",
            things={"app_name": "labelling", "model_name": "criteriagrid", "pk": "site"},
        ),
        # Words and grids are the same for all, and whoever judges by a grid reads it.
        **each(
            HARMLESS,
            under(
                f"wagtailsnippets_{grids}",
                "list list_results usage history history_results inspect",
            ),
            things={"pk": "grid"},
        ),
        **each(
            HARMLESS,
            under(f"wagtailsnippetchoosers_{grids}", f"{CHOOSER} chosen chosen_multiple"),
            things={"pk": "grid"},
            queries=("id={grid}",),
        ),
        **each(
            HARMLESS,
            under(f"wagtailsnippetchoosers_{terms}", f"{CHOOSER} chosen chosen_multiple"),
            things={"pk": "term"},
            queries=("id={term}",),
        ),
    }


def _bare() -> dict[str, Visit]:
    return each(
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
    **OWN,
    **_bare(),
    # Each action of each model is called: see the walk.
    "wagtail_bulk_action": Visit(HIDDEN),
}
