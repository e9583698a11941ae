from territories.plugins.contributions import Part


def export_proposals(territory):
    from territories.proposals import archive

    return archive.export(territory)


def restore_proposals(territory, rows):
    from territories.proposals import archive

    archive.restore(territory, rows)


def erase_proposals(territory):
    from territories.proposals import archive

    return archive.erase(territory)


def export_messages(territory):
    # Who wrote what stays where it was written, to be erased there when its time has come.
    return ()


def restore_messages(territory, rows):
    pass


def erase_messages(territory):
    from territories.contact import inbox

    return inbox.erase_messages(territory)


def export_glossary(territory):
    from territories.glossary import archive

    return archive.export(territory)


def restore_glossary(territory, rows):
    from territories.glossary import archive

    archive.restore(territory, rows)


def erase_glossary(territory):
    from territories.glossary import archive

    return archive.erase(territory)


def export_legal(territory):
    from territories.legal import archive

    return archive.export(territory)


def restore_legal(territory, rows):
    from territories.legal import archive

    archive.restore(territory, rows)


def erase_legal(territory):
    from territories.legal import archive

    return archive.erase(territory)


# Who directs and who answers.
LEGAL_NAMES = (
    "director",
    "data_contact",
    "data_email",
    "accessibility_contact",
    "accessibility_email",
)
# The ground's own parts; what they do stands in the rooms of their ideas.
PARTS = [
    Part("proposals", export_proposals, restore_proposals, erase_proposals, personal=("email",)),
    Part("contact_messages", export_messages, restore_messages, erase_messages, stays=True),
    Part("glossary", export_glossary, restore_glossary, erase_glossary),
    Part("legal", export_legal, restore_legal, erase_legal, personal=LEGAL_NAMES),
]
