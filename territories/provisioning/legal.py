"""Legal pages every public site must have. Drafts: they hold blanks that only people can fill."""

LEGAL_PAGES = (
    (
        "mentions-legales",
        "Mentions légales",
        "Qui publie ce site, et qui l’héberge.",
        (
            "<p>Ce site est publié par : <b>à compléter</b> (nom de la collectivité ou de "
            "l’association, adresse, téléphone, numéro SIRET).</p>",
            "<p>Directeur ou directrice de la publication : <b>à compléter</b>.</p>",
            "<p>Hébergement : <b>à compléter</b> (nom, adresse, téléphone).</p>",
        ),
    ),
    (
        "accessibilite",
        "Accessibilité",
        "Ce que tout le monde peut utiliser, et ce qui reste à améliorer.",
        (
            "<p>État de conformité au RGAA : <b>à compléter après un audit</b>. Sans audit, "
            "écrivez « non conforme ».</p>",
            "<p>Quelque chose vous bloque ? Dites-le à : <b>à compléter</b>. Nous vous "
            "répondrons, et nous vous donnerons l’information d’une autre façon.</p>",
            "<p>Pas de réponse ? Vous pouvez écrire au Défenseur des droits, sans timbre : "
            "Libre réponse 71120, 75342 Paris CEDEX 07.</p>",
        ),
    ),
    (
        "donnees-personnelles",
        "Données personnelles",
        "Ce que ce site sait de vous : presque rien.",
        (
            "<p>Ce site ne dépose aucun cookie de mesure ou de publicité.</p>",
            "<p>Responsable du traitement : <b>à compléter</b>. Délégué à la protection des "
            "données : <b>à compléter</b>.</p>",
            "<p>Vous nous écrivez avec le formulaire du site ? Nous gardons votre message, votre "
            "nom et de quoi vous répondre pendant 6 mois. Ensuite, tout est effacé.</p>",
            "<p>Vous pouvez demander à voir, corriger ou effacer ce qui vous concerne.</p>",
        ),
    ),
)
