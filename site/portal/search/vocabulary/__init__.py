"""The words of the search that are typed in the admin, for all of France or for one territory.

`lines` puts them on top of the lists that come with the site, `in_force` has each process follow
what is typed, `rules` says what may be typed, `admin` is where.
"""
