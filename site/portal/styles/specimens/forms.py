"""What one fills in."""

from __future__ import annotations

from portal.styles import samples

from .kinds import Specimen, State


def forms() -> list[Specimen]:
    form = samples.form()
    return [
        Specimen("components/error_summary.html", [State("", {"form": form})]),
        Specimen(
            "components/messages.html",
            [
                State(
                    "",
                    {
                        "messages": [
                            samples.Message("Votre message est parti.", "success"),
                            samples.Message("Ce lien a déjà servi.", "warning"),
                            samples.Message("Votre message n’est pas parti.", "error"),
                        ]
                    },
                )
            ],
        ),
        Specimen(
            "components/field.html",
            [
                State("", {"field": form[name], "optional": not form.fields[name].required})
                for name in form.fields
            ],
            around="cols-2",
        ),
    ]
