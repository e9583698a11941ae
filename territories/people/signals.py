"""What other rooms may do when people come and go. Receivers run in the same transaction."""

from django.dispatch import Signal

# `territory`, `user`, `roles` (codes), `payload`: what the invitation carried for a plugin.
joined = Signal()

# `territory`, `leaver`. A receiver returns sentences: what it would hand over. It writes nothing.
duties_listed = Signal()

# `territory`, `leaver`, `successor`, `handed_over_by`. A receiver hands over what it keeps.
duties_handed_over = Signal()
