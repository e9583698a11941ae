from django.dispatch import Signal

# `subscriber`, `token`: a page is shown that their own signed link has opened, to them alone. A
# receiver returns where else they choose what they get: (words, address) of each page.
choices_shown = Signal()
