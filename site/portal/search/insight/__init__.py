"""What residents searched for and did not find, without saying who searched.

`telling` is how a page says how a search ended, `counting` keeps it, `readable` says which words
may ever be read, `forgetting` destroys keys and old counts, `admin` is where coordinators look.
"""
