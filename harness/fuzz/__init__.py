"""Campaigns of generated programs: run each in every environment, explain, merge, shrink, and hand over findings.

`shards` run programs and raise `alarms`, whose op `localisation` names; a `campaign` hands shards to an executor and
adds up what comes back, which a `journal` keeps; `minimising` makes an alarm's program as simple as it can be, and
`findings` and `markdown` write it down.
"""
