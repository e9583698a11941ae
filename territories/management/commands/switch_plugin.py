from django.core.management.base import BaseCommand, CommandError

from territories.plugins.switching import PluginRefused, switch_off, switch_on

from ._asking import territory_named


class Command(BaseCommand):
    help = "Opens or closes a plugin in a territory. Closing hides, and deletes nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("territory", help="slug of the territory")
        parser.add_argument("plugin", help="label of the plugin")
        parser.add_argument("state", choices=["on", "off"])

    def handle(self, *, territory: str, plugin: str, state: str, **options) -> None:
        found = territory_named(territory)
        try:
            (switch_on if state == "on" else switch_off)(territory=found, plugin=plugin)
        except PluginRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{found.name} : {plugin} {'ouvert' if state == 'on' else 'fermé'}.")
