# Arabic readers of these sites live by the 24-hour clock; Django's Arabic has a 12-hour one.
TIME_FORMAT = "G:i"
