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


# The ground's own parts; what they do stands in the rooms of their ideas.
PARTS = [
    Part("proposals", export_proposals, restore_proposals, erase_proposals, personal=("email",))
]
