"""MockLoop: practise interviews on your own machine.

A message typed by a candidate travels `rooms.socket` -> `rooms.conductor` -> `sessions.log` (committed) ->
`rooms.room` (every tab) -> `interviewer` -> `sessions.log` -> `rooms.room`. ARCHITECTURE.md follows it in detail.
"""
