"""The form of « Mon territoire », filled in and sent as a browser does."""

from django.urls import reverse

PORTAL = {"host": "localhost"}


def edit_address(territory) -> str:
    return reverse("territory:edit", args=[territory.pk])


def values_of(client, territory) -> dict:
    """What a browser would send back without any change."""
    form = client.get(edit_address(territory), headers=PORTAL).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {
        name: [getattr(item, "pk", item) for item in value]
        if isinstance(value, list)
        else "" if value is None else value
        for name, value in values.items()
    }  # fmt: skip


def save(client, territory, **changes):
    values = {**values_of(client, territory), **changes}
    response = client.post(edit_address(territory), values, headers=PORTAL)
    territory.refresh_from_db()
    territory.forget_switches()
    return response


def errors(response) -> dict:
    assert response.status_code == 200
    return response.context["form"].errors
