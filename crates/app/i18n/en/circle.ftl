# Circles and invitations.

circle-names = Alder, Birch, Cedar, Dogwood, Elder, Fern, Gorse, Hazel, Ivy, Juniper, Kelp, Linden, Maple, Nettle, Oak, Poplar, Quince, Rowan, Sorrel, Thyme, Ulmus, Vetch, Willow, Yarrow, Ash, Beech, Clover, Dill, Elm, Fennel, Ginkgo, Heather, Iris, Jasmine, Kale, Larch, Mallow, Nutmeg, Olive, Pine, Reed, Sage, Tansy, Vine, Walnut, Yew

circles-title = Circles
circles-lead = About six people from different working groups, one hour a month. One voice at a time, nobody advises, everybody may pass.
circles-all = Circles that go on
circles-mine = My circles
circles-none = There are none yet.
circle-head = Circle
circle-sheet = A sheet to print
circle-edit = Change name, time or place
circle-name = Name of the circle
circle-edit-then = Everybody in the circle sees this, and their calendars follow. Times are on the clock of { $zone }.
circle-end-title = End the circle
circle-end-what = It leaves everybody's list and calendar, and open invitations to it close. People can be proposed for another circle. This cannot be taken back.
circle-end-sure = Yes, this circle has come to its end
circle-end = End the circle
circle-end-unsure = Tick the box first, so that no circle ends by a slip. Nothing was changed.
ring-keeper = keeper
ring-label = A ring of { $seats } seats, { $taken } of them taken
seats-taken = { $taken } of { $seats } seats are taken.
seats-keeper = { $open ->
    [0] Every seat is taken.
    [one] One seat is free or waits for an answer.
   *[other] { $open } seats are free or wait for an answer.
}

needs-title = What people need
needs-who = Only you as the keeper and the person themselves can read this.
seats-title = Seats and keeping
seats-free-what = When somebody tells you that they stop, free their seat here. Nobody asks why, and nothing is noted.
seats-free = Free this seat
seats-free-label = Free this seat, of { $name }
keeping-title = Nobody keeps this circle yet
keeping-what = A keeper opens and closes the hour and looks after the turns. The sheet has the words for it.
keeping-take = I will keep it
keeping-who = Who keeps the circle
keeping-go = Hand over the keeping
keeping-no-seat = Only somebody with a seat in the circle can keep it. They may have given it back meanwhile.
keeping-not-yours = Somebody keeps this circle already. They can hand the keeping over, or a steward can.
seat-back-title = Give back my seat
seat-back-what = The circle leaves your list and your calendar. You owe nobody a reason. A steward can propose another circle for you later.
seat-back-sure = Yes, my seat is free for somebody else
seat-back-go = Give back my seat
seat-back-unsure = Tick the box first, so that no seat is given back by a slip. Nothing was changed.

fact-circle = Circle
fact-seats = { $count ->
    [one] one seat
   *[other] { $count } people from different working groups
}
fact-first = First meeting
fact-next = Next meeting
fact-then = Then
fact-where = Where
fact-answer-by = Answer until
fact-keeper = Keeper
fact-no-keeper = Nobody yet. Whoever is willing can take it at the first meeting.

propose-title = Propose circles
propose-free = { $count ->
    [0] Everybody who could be seated has a circle or an open invitation. Bring in more people, or wait for answers.
    [one] One person can be seated now.
   *[other] { $count } people can be seated now, in circles of about { $size }. You can look at the proposal and change it before anybody is asked.
}
propose-go = Propose circles
propose-open = Open the draft
propose-one = Only one person can be seated now, and a circle needs at least two. Bring in people, or wait until somebody is free again.
propose-nobody = There is nobody to seat: everybody has a circle, an open invitation or a pause. Bring in people first.

agreements-title = What we agree on
agreement-1 = Speak for yourself.
agreement-2 = One voice at a time. No advice, no fixing, no comments.
agreement-3 = Pass at any time. Silence is a full answer.
agreement-4 = What is said stays here. What is learned may leave.
agreement-5 = Ask before you touch or hug somebody.
agreement-6 = No recording, no screenshots.
agreement-7 = Step away at any time, with a sign that you are all right.
agreement-8 = The limits of privacy are danger to life and a child at risk.
agreements-honest = The circle can promise to keep things to itself; nobody can guarantee it. Say so at every opening.

step-1-title = Step 1. We name our limits
step-1-meaning = Some things are bigger than us, and some things in us are worn thin. Saying so is where honest work starts.
step-1-wisdom = None of us can carry it all; together we can see what is too much.
step-1-justice = A fair load is part of the justice we fight for.
step-1-care = You are worth care before you have done anything.
step-1-prompt-1 = What are you carrying this week that is too big for one person?
step-1-prompt-2 = Where did you say yes when your body said no?
step-1-prompt-3 = What part of our pressure comes from the system we fight, and what part do we make ourselves?
step-1-prompt-4 = What is one limit you want this group to know about?
step-1-caution = For the keeper: begin with what the system does. Limits are not weakness, and nobody's limit may be held against them later.

scripts-title = Words for the keeper
script-opening = Opening
script-opening-text = “Welcome. We are here for one hour, to tend to how we are with each other and with ourselves. Nobody has to speak. You may pass, take a break, or leave, and you owe no reason. We speak one at a time, from our own life, and we do not give advice. What is said here stays here as far as we can promise it; the limits are danger to life and a child at risk. Please do not talk about legal cases. Let us take one quiet minute, eyes open or closed.”
script-turn = Handing over a turn
script-turn-text = “Thank you. I pass to …” No praise, no comment.
script-advice = When somebody advises
script-advice-text = “I hear that you care. In this circle we keep to our own story. Let us go on.”
script-time = When time is up
script-time-text = “Please find a closing line.”
script-third = When somebody names a third person
script-third-text = “Let us talk about what happens in us. If you want help with that person, I can tell you after the circle how to raise it.”
script-flooded = When it is too much for somebody
script-flooded-text = “Let us all slow down. You can stay, pass, or step out with somebody you trust. What would help right now?”
script-closing = Closing
script-closing-text = “Thank you for listening as much as for speaking. Please carry what you learned and leave what you heard. We meet again on the date below.”

answer-head = Invitation
answer-title = { $name }, would you like a seat in a circle?
answer-lead = About six people from different working groups meet for one hour a month. One voice at a time. You may pass, and you may leave, and nobody asks why.
answer-say-yes = Yes, I would
answer-say-no = Not this time
answer-yes = Your seat is yours
answer-yes-then = We look forward to you. If it stops being right for you, say so here until the date below, or tell the keeper.
answer-no = Thank you for saying
answer-no-then = Nobody asks why, and nobody is shown that you said no. If you change your mind, this page works until the date below.
answer-who-reads = If you say yes, the people of the circle and the stewards see your name in it. If you say no, the keeper sees a free seat and nothing more.
answer-ended = This invitation has ended
answer-ended-why = Its time is over, or the circle has changed. If you would like a seat, tell a steward; you are welcome.
answer-which = Please press one of the two buttons.

invitations-title = Invitations
invitations-none = No invitation is open.
invitations-lead = { $count ->
    [one] One invitation can be answered, within { $days } days of being made. It has a link of its own that answers it and does nothing else.
   *[other] { $count } invitations can be answered, within { $days } days of being made. Each has a link of its own that answers it and does nothing else.
}
invitations-quiet = Every open invitation stands on the sheets and in the file, answered or not, so that nobody can read from them who said no.
sheets-title = Sheets to hand over
sheets-what = One page for each person, with a QR code. Hand them over yourself; a hand is a good way to be invited.
sheets-go = Open the sheets
sheet-qr = QR code of the answer link
sheet-how = To answer, point your phone's camera at the code or type the address. You need no account.
file-title = A file for your own mail program
file-what = { $count ->
    [0] Names, e-mail addresses and links in a table.
    [one] Names, e-mail addresses and links in a table. One person has no address and needs a sheet.
   *[other] Names, e-mail addresses and links in a table. { $count } people have no address and need a sheet.
}
file-go = Save the file

home-invited = A seat in the circle { $circle }
home-invited-what = About six people from different working groups.
home-circle = Circle { $circle }
home-circle-what = One hour. Step 1, “We name our limits”.
home-circle-go = See the hour

plan-when = When
plan-nth = Which of the month
plan-weekday = Weekday
plan-starts = At
plan-format = How you meet
plan-place = Room, link or number to dial
plan-place-hint = May be empty. Only people of the circle and stewards see it; it is on no invitation.
plan-wrong = Something is missing: a name, a weekday, a time such as 19:00, or how you meet. Please look again.
