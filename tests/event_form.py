"""The form of an event in the admin, as a browser sends it."""

from agenda_factories import agenda_of

ADMIN = {"host": "localhost"}
# What a line sends of what nobody has chosen.
UNTOUCHED = {"repeat": "", "interval": "1"}


def form(*dates, **fields):
    """What a browser sends: the fields that a hurried person fills in, and the empty others."""
    sent = {
        "title": "Café rencontre",
        "slug": "cafe-rencontre",
        "summary": "On boit un café, on pose ses questions.",
        "status": "scheduled",
        "is_free": "on",
        "capacity_is_for": "each",
        "closes_hours_before": "0",
        "body": '{"blocks": [], "entityMap": {}}',
        "action-publish": "1",
    }
    dates = dates or ({"start": "2030-12-03 09:30", "end": "2030-12-03 11:30"},)
    lines = {"dates": dates} | {name: fields.pop(name, ()) for name in ("changes", "partners")}
    for prefix, rows in lines.items():
        sent |= {
            f"{prefix}-TOTAL_FORMS": str(len(rows)),
            f"{prefix}-INITIAL_FORMS": "0",
            f"{prefix}-MIN_NUM_FORMS": "0",
            f"{prefix}-MAX_NUM_FORMS": "1000",
        }
        for number, row in enumerate(rows):
            row = {
                "id": "",
                "ORDER": str(number + 1),
                "DELETE": "",
                "repeat": "",
                "interval": "1",
            } | row
            sent |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"):
        sent[f"comments-{name}"] = "0"
    return sent | fields


def add(client, territory, sent):
    address = f"/admin/pages/add/agenda/eventpage/{agenda_of(territory).pk}/"
    return client.post(address, sent, headers=ADMIN)


def errors_of(response):
    """Every message of the form and of its inline forms, in one text."""
    assert response.status_code == 200, "the form was accepted"
    found = response.context["form"]
    texts = [found.errors.as_text()]
    texts += [
        str(formset.errors) + str(formset.non_form_errors()) for formset in found.formsets.values()
    ]
    return " ".join(texts)
