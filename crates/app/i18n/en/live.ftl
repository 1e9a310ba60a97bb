# The live circle, what is kept after it, and the hour on paper.

live-title = The live circle
live-lead = One page for the hour: who has the talking piece, who comes next, and what part it is. It follows on every screen, and it is gone when the circle ends.
live-waits = The doors stay closed for now. In this movement a circle is opened once at least three people have a seat in it, and two of them or more are adults. A steward can help.
live-opens-when = The keeper can open it a quarter of an hour before the meeting, and everybody in the circle from its beginning.
live-open-doors = Open the circle
live-meant = We meet at another hour than usual, and everybody knows
live-too-early = The circle is not open at this hour. Its keeper can open it a quarter of an hour before the meeting, and everybody else from its beginning.
live-nothing-kept = Nothing that is said is kept: no notes, no chat, and no record of who passed or for how long anybody spoke. What is on this page is gone when the circle ends.
live-go = Go into the circle
live-home = It is being held now.

live-door = The circle is open
live-door-here = { $count ->
    [0] Nobody is inside yet.
    [one] One person is inside.
   *[other] { $count } people are inside.
}
live-how = How do you take part today?
live-how-line = By telephone or computer
live-how-room = In the room
live-come = Come in
live-come-who = The people who are inside see your name in the ring. Nobody else does.

live-ring = A ring of { $count } seats. { $turn }
live-gathering = We gather
live-gathering-what = Arrive, find a seat, get some water. When everybody is here, the keeper begins and the order is read out.
live-turn-gathering = { $count ->
    [one] You are here. The circle has not begun.
   *[other] { $count } people are here. The circle has not begun.
}
live-turn = { $follows ->
    [nobody] { $name } has the talking piece.
   *[somebody] { $name } has the talking piece. { $next } is next.
}
live-turn-yours = { $follows ->
    [nobody] The talking piece is yours.
   *[somebody] The talking piece is yours. { $next } is next.
}
live-turn-middle = The talking piece lies in the middle.
live-turn-round-over = The round is over. The talking piece lies in the middle.
live-turn-paused = The circle takes a break. Nobody's time runs.
live-clock-before = Not begun
live-clock = { $part } · minute { $minute } of { $minutes }
live-clock-round = Round { $round } of { $rounds }
live-left = left, if wanted
live-open = as long as it takes
live-soon = half a minute left
live-late = a closing line, please
live-order = In this order: { $names }.
live-keeper = { $keepers ->
    [nobody] Nobody keeps just now, so everybody can go on.
    [one] { $keeper } keeps this circle.
    [alone] { $keeper } keeps this circle. With so many, it is lighter when a second person keeps beside.
   *[two] { $keeper } keeps this circle, with { $beside } beside.
}
live-question-what = Step { $step }. { $title }. Speak from your own life; no advice, no replies. Silence is a full answer.
live-few-question = What would make this week a little lighter?
live-short-question-what = A wave is on, so there is no step. Speak from your own life; no advice, no replies. Silence is a full answer.
live-few-question-what = We are few today, so there is no step. Speak from your own life; no advice, no replies. Silence is a full answer.
live-step-choose = The circle chooses which step it turns to today. Whoever keeps it can settle it further down.
live-next-kept = We meet again: { $when }. { $name } keeps.
live-next-open = We meet again: { $when }. Nobody keeps it yet.
live-choose-step = Another step
live-mark-holds = has the piece
live-mark-next = next
live-mark-rests = has a break
live-mark-co = keeps too
live-mark-line = on the line
live-now = now
live-done = done
live-next = Go on: { $part }
live-extend = One minute more ({ $left } left)
live-pass-for = Hand on for { $name }
live-skip-for = { $name } passes

live-do-begin = Begin, and hold this order
live-do-few = Begin the twenty minutes for a few
live-do-all = Begin the whole hour all the same
live-do-pass = Pass the piece
live-do-lay = Lay the piece down
live-do-take = Take the piece
live-do-skip = I pass this round
live-do-finish = Close the circle
live-do-resume = Go on
live-do-rest = I need a break
live-do-return = I am back
live-do-call = Someone please stay with me
live-do-recall = I am all right again
live-do-hear = I am with you
live-do-leave = Leave the circle
live-do-pause = A break for everybody
live-do-another = Another question
live-do-previous = Back to the part before
live-do-end = End the circle
live-do-keep = I keep from here

live-call-who = If you ask that someone stays with you, only { $name } sees it. Everybody sees a break.
live-call-nobody = Nobody is named who could stay with you. Outside help stands below.
live-call-told = { $name } has been told, and nobody else.
live-call-heard = { $name } is with you.
live-call-waits = Nobody is here just now who could be told. Outside help stands below.
live-calls = Somebody asks that you stay with them.
live-calls-what = Only you see this. Ask what they need now, not what happened.

live-lost = There is no line to the server. The circle goes on; this page catches up by itself as soon as it can.
live-reload = See how it stands now
live-script = Words for the keeper
live-privacy-limits = The promise ends where a life is in danger or a child is at risk.
live-lead-title = For the keeper
live-choose = Choose
live-choose-seat = Somebody in the room who has no device
live-choose-unseat = Somebody without a device who has gone
live-choose-co-keep = Who keeps beside you
live-choose-carer = Who is told when somebody asks for company
live-end-sure = Yes, the circle ends here for everybody
live-end-unsure = Tick the box first, so that no circle ends by a slip. Nothing was changed.
live-end-kept = Kept are the day, the length, how many came, the step, how you met, and whether somebody asked for company, without a name.
live-gone = If the keeper is gone
live-gone-what = When the keeper's device fails or they had to leave, anybody here can go on. The keeper can take it back at any time.
live-gone-who = Everybody in the circle sees who keeps.

told-live-stale = Somebody was a moment quicker. This is how it stands now.
told-live-not-here = You are not in the circle, or the person is not. Come in first.
told-live-not-yours = That is up to whoever has the piece, or to the keeper. Nothing was changed.
told-live-not-now = There was nothing to do it to just now. Nothing was changed.
told-live-full = Every one of the twenty seats is taken.
told-live-adult = A circle is kept by an adult. Somebody else here can do it. Nothing was changed.
told-live-over = The circle is over.

live-over = The circle has ended
live-again = It ended too early
live-again-what = The circle can be opened once more today. It begins anew.
live-keeps-next = Who keeps next
live-nobody-yet = Nobody yet
live-asks = Practical asks
live-asks-what = Small things with a day, such as a lift on Friday. Only write your own, and nothing that was said in the circle.
live-ask = Something you would like kept
live-ask-keep = Keep it
live-ask-drop = Take it away
live-ask-who = The people of your circle can read it, and whoever runs the server. It goes by itself after sixty days.
live-ask-empty = Write the ask first. Nothing was kept.
live-record-day = Day
live-record-minutes = Minutes
live-record-step = Step
live-record-care = Somebody asked for company
live-record-count = How many came
live-record-who = The people of your circle see this, and so can whoever runs the server.
live-record-wrong = How many came is a number from 1 to 20. Nothing was changed.
live-record-late = This can only be done on the day of the circle.
held-title = What was held
held-lead = These few facts are all that is kept of a circle.
held-none = Nothing was held yet. Afterwards the day, how many came and the step stand here, and nothing that was said.
held-line = { $count ->
    [one] One person,
   *[other] { $count } people,
} { $minutes ->
    [one] one minute.
   *[other] { $minutes } minutes.
}
held-who = The people of your circle see this, and so can whoever runs the server.
live-yes = yes
live-no = no

pack-title = The hour on paper
pack-lead = Print it and bring it along: with these pages a circle can be held without any screen.
pack-pdf = As a PDF
pack-hour = The hour, part by part
pack-part = Part
pack-minutes = Minutes
pack-until = Until minute
pack-turn = A turn
pack-timer = Mark the last half minute of a turn softly. Twice in the hour, a turn may have one minute more. Whoever passed is asked once more at the end of the round. Leave the last minutes empty; ending early is fine.
pack-order = The order today
pack-order-what = Begin one seat further on than last time, and keep the direction. Whoever comes late goes to the end.
pack-cautions = With care
pack-never = Never write down
