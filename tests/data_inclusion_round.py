"""What leaves a territory as data·inclusion, as another program would read it."""

import json

from resources_directory.open_data import services, structures


def exported(territory):
    """The rows of its structures and its services."""
    return tuple(json.loads(json.dumps(list(rows(territory)))) for rows in (structures, services))
