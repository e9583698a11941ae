from wagtail import blocks

from territories.blocks.base import SharedBlock
from territories.plugins.contributions import ContentBlock


class GreetingBlock(SharedBlock):
    name = blocks.CharBlock()

    class Meta:
        label = "Salut"
        description = "Dit bonjour à quelqu’un."
        preview_value = {"name": "Nour"}
        template = "sample_plugin/greeting.html"
        mail_template = "sample_plugin/greeting.mjml"

    def new_since(self, territory, since):
        return {"name": f"{territory.name}"}


BLOCKS = [ContentBlock("greeting", GreetingBlock)]
