# Drafts of circles.

draft-title = A draft of circles
draft-lead = Only stewards see this. Nobody has been asked. Click a name to move somebody.
draft-confirm = Confirm and invite
draft-another = Try another seating
draft-drop = Let go of the draft
draft-sizes = { $people } people in { $circles ->
    [one] one circle
   *[other] { $circles } circles
} of { $least } to { $most }.
draft-sizes-even = { $people } people in { $circles ->
    [one] one circle
   *[other] { $circles } circles of { $most } each
}.
draft-shared-none = Nobody sits with somebody from their own working group.
draft-shared-best = { $reached ->
    [one] One pair of one working group sits
   *[other] { $reached } pairs of one working group sit
} together. No seating in this many circles can have fewer: that is proved.
draft-shared-bound = { $reached ->
    [one] One pair of one working group sits
   *[other] { $reached } pairs of one working group sit
} together. None with fewer was found; whether there is one is not known.
draft-shared-within = { $reached ->
    [one] One pair of one working group sits
   *[other] { $reached } pairs of one working group sit
} together. No seating in this many circles can have fewer than { $bound }, so this one is within { $percent } % of the best there can be.
draft-kept-all = Every circle has somebody who is willing to keep it.
draft-kept = { $kept ->
    [0] Nobody has said yet that they would keep a circle. Whoever is willing can take it at the first meeting.
    [one] One circle has somebody who is willing to keep it. In the others, whoever is willing can take it at the first meeting.
   *[other] { $kept } of { $circles } circles have somebody who is willing to keep them. In the others, whoever is willing can take it at the first meeting.
}
draft-respects = Private wishes are kept. Who sat together before is avoided where it can be; so are hours and languages that do not meet.
draft-seed = Seed { $seed }: the same people and the same seed give the same draft.
draft-moved = It came from seed { $seed }, and seats were moved by hand since.
draft-drop-what = Nobody has been asked, so nobody notices. Seats that were moved by hand are lost.
draft-unmet = Without a seat this time
draft-unmet-why = No seat was possible for them. Click a name to look for one by hand, or let them be first next time.
draft-gone = This draft was confirmed, let go of or replaced meanwhile, or the person has left. Under Circles you see what there is now.
draft-alone = One circle of the draft has a single person. Move somebody to it, or move that person elsewhere, then confirm.
draft-replace = Somebody changed this draft by hand
draft-replace-why = Another proposal takes its place, and the seats that were moved are lost. You can open it first.
draft-replace-go = Propose anew all the same
draft-stale = Something has changed since this draft was made, so it cannot be confirmed as it is. Propose circles again.
ring-title = Circle { $number }
ring-empty = Nobody sits here now. It stays open until you confirm; then no circle is made of it.
ring-alone = one person alone
ring-no-keeper = nobody is willing to keep yet
look-shared = { $count ->
    [0] all from different groups
    [one] one pair of one group
   *[other] { $count } pairs of one group
}
look-hours-unknown = hours not known
look-hours-none = no hour in common
look-hours-few = a few hours in common
look-hours-enough = enough hours in common
look-language = no language in common

seat-title = Where could { $name } sit?
seat-lead = You see what a seat would mean for working groups, hours and languages.
seat-why-none = Why here: nobody in this circle is from one of their working groups.
seat-why-best = Why here: no other seat that is possible for them has fewer people of their working groups.
seat-why-fewer = Another seat that is possible has fewer people of their working groups. A draft weighs sizes, hours, languages and who sat together before as well. You can move them.
seat-why-unmet = The draft found no seat for them that keeps circles near their size. These are possible all the same.
seat-why-nowhere = No seat is possible for them: every circle is full, or closed to them. Let them be first next time, or propose circles of another size.
seat-here = sits here now
seat-not-possible = This seat is not possible
seat-move = Move here
seat-move-label = Move here, to circle { $number }
seat-veil = “Not possible” is said in the same words for a full circle, somebody who is away, a private wish, or a seat that chance has closed. Chance closes a few so that nobody's wish can be found out by trying.

confirm-title = Confirm and invite
confirm-lead = { $count ->
    [one] One circle is made, and everybody in it gets an invitation.
   *[other] { $count } circles are made, and everybody in them gets an invitation.
}
confirm-hours = Where hours are known
confirm-by-hours = Give a circle the nearest hour that all of it has free
confirm-go = Make the circles
confirm-what-then = What happens then: the first meeting is at least a week away. You print sheets or save a file; Mend writes to nobody by itself. Each keeper can change time and place.
confirm-what-then-mail = What happens then: the first meeting is at least a week away. Mend writes to everybody whose address it knows, in about five minutes; for the others you print sheets or save a file. Each keeper can change time and place.
