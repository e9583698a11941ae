"""What a territory says of itself: its name, look, contacts, sender of letters, open plugins.

Its coordinators change it in the admin (« Mon territoire »), the national team that of all.
"""
