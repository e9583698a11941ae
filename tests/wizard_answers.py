"""What is answered to the wizard that makes a territory, and where."""

from django.urls import reverse

from territories.models import Provisioning

HOST = {"host": "localhost"}
ANSWERS = {
    "identity": {"name": "Nouveau Bourg", "slug": "", "town": "Bourg", "tagline": "Bienvenue"},
    "communes": {"communes": "31555 Toulouse\r\n2a004 : Ajaccio\r\n"},
    "address": {"hostname": "nouveau-bourg.localhost", "port": "80"},
    "plugins": {"plugins": ["resources_directory", "agenda"]},
    "coordinator": {
        "coordinator_email": "claire@ville.example",
        "coordinator_first_name": "Claire",
        "coordinator_last_name": "Petit",
    },
}
STEPS = list(ANSWERS)


def at(step: str) -> str:
    if step == "summary":
        return reverse("provisioning:summary")
    return reverse("provisioning:step", args=[step])


def of_run(view: str, run: Provisioning) -> str:
    return reverse(f"provisioning:{view}", args=[run.pk])


def errors_of(response, field: str) -> list[str]:
    assert response.status_code == 200
    return list(response.context["form"].errors.get(field, []))
