# Circles and invitations.

circle-names = Alder, Birch, Cedar, Dogwood, Elder, Fern, Gorse, Hazel, Ivy, Juniper, Kelp, Linden, Maple, Nettle, Oak, Poplar, Quince, Rowan, Sorrel, Thyme, Ulmus, Vetch, Willow, Yarrow, Ash, Beech, Clover, Dill, Elm, Fennel, Ginkgo, Heather, Iris, Jasmine, Kale, Larch, Mallow, Nutmeg, Olive, Pine, Reed, Sage, Tansy, Vine, Walnut, Yew

circles-title = Circles
circles-lead = About six people from different working groups, one hour a month. One voice at a time, nobody advises, everybody may pass.
circles-all = Circles that go on
circles-mine = My circles
circles-none = There are none yet.
circle-head = Circle
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
circle-lone = It needs another adult before it meets. Only stewards read this.
seats-title = Seats and keeping
seats-free-what = When somebody tells you that they stop, free their seat here. Nobody asks why, and nothing is noted.
seats-free = Free this seat
seats-free-label = Free this seat, of { $name }
keeping-title = Nobody keeps this circle yet
keeping-what = A keeper opens and closes the hour and looks after the turns. The sheet has the words for it.
keeping-take = I will keep it
keeping-who = Who keeps the circle
keeping-choose = Choose somebody
keeping-go = Hand over the keeping
keeping-cannot = A circle is kept by an adult who has a seat in it and does not pause. Please ask somebody else. Nothing was changed.
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
fact-no-next = None is planned
fact-when = When
fact-step = Step
fact-inventory = This time
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

start-title = Begin a circle
start-lead = About six people, one hour, one step. Nothing else has to be set up.
start-go = Make the circle
start-me = I take part too, and keep it for now
start-names = Names, one a line
start-names-hint = Whoever is in the list already is found by their whole name; new names are added to it.
start-list = Or choose from the list
start-fill = Let Mend choose a circle of about { $size } instead
start-when = The first meeting
start-then-every = And then
start-where = The room, the address or the number can be added on the circle's page.
start-then = What happens then: everybody gets an invitation that you print or send yourself, and answers it freely. The first three meetings hold steps 1, 2 and 3. Only people of the circle and stewards see it.
start-then-mail = What happens then: everybody whose address is known here gets an invitation by e-mail in about five minutes, the others on a sheet that you print, and each answers freely. The first three meetings hold steps 1, 2 and 3. Only people of the circle and stewards see it.
start-nobody-free = Everybody in the list has a seat or an invitation, or is away. Names that are not in the list yet can be typed here.
start-people = A circle needs at least two people and has at most twenty, you included. Nothing was made.
start-past = The first meeting has to be in the future. Nothing was made.
start-two = Two people in the list have one of these names. Choose them from the list instead. Nothing was made.
start-name-long = A name has at most 80 letters; each stands on a line of its own. Nothing was made.
start-not-possible = These seats are not possible together. Choose somebody else for one of them. Nothing was made.

agreements-title = What we agree on


scripts-title = Words for the keeper
keeper-does = What a keeper does
keeper-leaves = What a keeper leaves

answer-head = Invitation
answer-title = { $name }, would you like a seat in a circle?
answer-lead = About six people from different working groups meet for an hour. One voice at a time. You may pass, and you may leave, and nobody asks why.
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
    [one] One invitation can be answered, within { $days } days of being made or before the meeting it leads to. It has a link of its own that answers it and does nothing else.
   *[other] { $count } invitations can be answered, within { $days } days of being made or before the meeting they lead to. Each has a link of its own that answers it and does nothing else.
}
invitations-mail = Mend writes to those whose e-mail address it knows and who did not stop letters, about five minutes after they were invited. Everybody else needs a sheet, and a sheet does no harm to anybody who got a letter too.
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
home-circle-what = { $minutes } minutes. { $step }
home-circle-short = Twenty minutes, without a step: a wave is on.
home-circle-go = See the hour


keeping-one = { $one } keeps it
keeping-two = { $one } keeps it, with { $two }
keeping-nobody = Nobody keeps it yet. Whoever is willing can take it.
keeping-decline-what = If it does not suit you, say so. The next in turn is asked, and nothing is noted.
keeping-decline = Not this time
keeping-swap = Swap with
keeping-swap-none = Nobody
keeping-swap-day = { $name }, { $day }
keeping-swap-go = Ask them
keeping-swap-asked = { $name } would like to swap: you would keep the meeting of { $day }, and they this one.
keeping-swap-yes = Yes, let us swap
keeping-swap-gone = They have thought of something else meanwhile, so there is nothing to swap. Nothing was changed.
keeping-what-say = Please press one of the buttons. Nothing was changed.
rota-what = The next meetings get a keeper each, in turn: whoever has never kept or kept longest ago comes first. Newcomers and those who would rather not are left out. From eight people on, two keep. Everybody can say no, or swap.
rota-go = Plan the keeping
handover-title = For the next keeper
handover-what = Practical things only: the key, the link, what ran out. Nothing of what was said.
handover-go = Hand over
handover-who = Who can read this: you, and whoever keeps the meeting after this one. It is gone after two months.
handover-from = From the keeper before you:

standin-title = If somebody cannot come
standin-ask = I cannot come, and somebody would come for me
standin-what = Ask them yourself first, and tell them who is in the circle. Then everybody in the circle is asked here. They come when all have said yes; if it does not suit somebody, your question is gone from here, and nobody sees whom it did not suit.
standin-name = Who would come, by the name they have here
standin-who = The people of your circle and the one you name see the question. After the meeting it is forgotten for whom somebody came, and two days later that they came. Backups hold it, sealed, until they are too old.
standin-nobody = Nobody can be asked by that name for this meeting. Please look at how it is written; people who have a seat in the circle need no asking, and nobody is asked twice. Nothing was changed.
standin-many = Three questions of yours are open already. Please wait for their answers, or take one back.
standin-far = It is early for that: somebody can be asked from three months before the meeting.
standin-gone = There is nothing to answer here any more: it was taken back, it did not suit somebody, or the meeting has begun.
standin-come = { $of } asks you to come in their place on { $day }.
standin-come-what = Everybody in the circle is asked too. You come when all have said yes.
standin-welcome = { $of } cannot come on { $day }. May { $who } come in their place?
standin-said = You have said yes to { $who } coming for { $of }. Others are asked still.
standin-wait = You asked whether { $who } may come for you. They come when everybody has said yes.
standin-agreed = { $who } comes for { $of }. Everybody has said yes.
standin-you = You come for { $of } on { $day }. Everybody has said yes.
standin-yes = Yes, gladly
standin-after-all = It does not suit me after all
standin-paper = { $names } cannot be asked here, without an account. Whoever keeps this meeting asks them, and passes their yes on here.
standin-heard = { $name } has said yes to me
standin-keeps = You keep this meeting. Whoever comes for somebody does not keep it: if you cannot come, hand the keeping on above.
standin-go = See where and when
standin-hour = The circle is open to you from an hour before the meeting until an hour after it.
standin-cannot = If you cannot come after all, say so. Nothing is noted.

agreed-all = Everybody in the circle has agreed.
agreed-not-yet = Not everybody has agreed yet. That is fine; at the first meeting there is time for it.
agreed-open = See and agree
agreed-ask = Can you live with these until you look at them again? A yes is “I can live with it”. Waiting costs nothing, and nobody is shown who waits.
agreed-yes = I can live with it
agreed-mine = You have said: I can live with it.
agreed-back = Take that back
agreed-who = Who can see this: only you. The circle sees whether everybody has agreed.
agreed-change = Change the agreements
agreed-change-what = One on a line. Do it together: after a change everybody is asked again.
agreed-no-seat = Only people with a seat in the circle agree to its agreements. Nothing was changed.
agreed-changed = The agreements were changed while you read them. Please read them once more; nothing was said in your name.
agreed-meanwhile = Nothing was saved yet: somebody saved other agreements meanwhile. They stand here first, and what you typed below. Take over what should stay, and save.
agreed-typed = To what you typed
agreed-empty = A circle needs at least one agreement. Nothing was changed.

open-new = New people
open-open = Open: members of the movement take a free seat by themselves
open-every = New people come in at every how many meetings
open-circles = Open circles with a free seat
open-who = If you take a seat, the people of the circle and the stewards see your name in it.
open-from = New people come in on { $day }
open-later = A seat can be taken once the meeting of { $day } is over.
open-not-now = New people come into this circle at set meetings, and the next one is none of them. The list of open circles says when a seat can be taken. Nothing was changed.
open-take = Take a seat
open-take-label = Take a seat in { $circle }
fact-free = Free seat

open-seats = Seats, free ones too

seats-wrong = A circle has between two and twenty seats, and no fewer than people who sit in it or are invited. Only those who sit in it can add seats. Nothing was changed.

offer-title = Offer a free seat
offer-lead = A circle lives from knowing each other. So talk first about who could come, all of you; then offer the seat here.
offer-name = Who, by the name they have here
offer-name-hint = Somebody of the movement without a seat in a circle.
offer-asked = Everybody in the circle has said that they can live with it
offer-go = Offer the seat
offer-then = What happens then: it stands on their Home, and here is a sheet for them. They answer freely, and come in with the meeting of { $day }.
offer-then-mail = What happens then: it stands on their Home, they get a letter if their address is known here, and here is a sheet for them. They answer freely, and come in with the meeting of { $day }.
offer-open = Offered
offer-open-what = A seat stays offered until its day, whatever was answered, so that nobody can tell a no. Somebody whose offer is taken back is not asked again before that day. Who can read this list: whoever keeps the circle, and stewards.
offer-until = can answer until { $day }.
offer-back = Take it back
offer-back-label = Take it back, the offer to { $name }
offer-print = Print the sheets
offer-later = New people come in at set meetings. A seat can be offered once the meeting of { $day } is over. Under “Change name, time or place” you can let them come in more often.
offer-not-now = New people come into this circle at set meetings, and the next one is none of them. Nothing was changed.
offer-full = Every seat is taken or offered. Offer one again when an offer has ended, or give the circle more seats.
offer-no-meeting = No meeting is planned to which somebody could come. Plan the meetings first.
offer-not-yours = Who comes in is for those to say who sit in the circle. Whoever keeps it offers a seat here.
offer-unasked = Ask everybody in the circle first, and tick the box. Nothing was changed.
offer-nobody = A seat here cannot be offered to anybody by that name. Please look at how it is written; two people may have it. Whoever is away, or has a seat or an invitation already, is not asked; and some seats are closed by chance. Nothing was changed.
offer-gone = This offer has ended, or they have taken the seat. Nothing was changed.

after-title = A day or two after { $circle }
after-question = How did the circle leave you?
after-lighter = Lighter
after-lighter-then = Good. Perhaps you know what did it, and can keep a little of it for this week.
after-same = The same
after-same-then = That is fine. Nothing has to come of an hour.
after-heavier = Heavier
after-heavier-then = That happens, and it is nobody's failing. Do something kind and plain today: eat, walk, sleep, be with somebody you like. If it does not pass in a few days, tell somebody you trust.
after-readers = Who can read this: nobody. What you open here stays on this screen, and nothing is kept of it.
after-help = Help at hand, for the hours in which nobody answers
call-offer = Would you like a call?
call-how = How and when to reach you, if you like
call-go = Please call me
call-readers = Who can read this: { $keeper }, who keeps the circle, and nobody else. It is gone after seven days, or as soon as it is done.
call-mine = You have asked whoever keeps it to call you.
call-take-back = Take it back
call-asked = { $name } would like a call from you
call-asked-what = They asked after { $circle }. You need not know why.
call-how-said = How to reach them:
call-careful = Ask what they need, listen, and promise no secrecy where a life is in danger. If you cannot call, ask somebody of the circle with their consent, or tell them so soon.
call-done = Done
call-asked-readers = Who can read this: you alone. The card goes when it is done, and after seven days by itself.
call-nobody = There is nobody to ask right now: the circle has no other keeper, or you have no seat in it. Help at hand is at the foot of every page.
call-other = Somebody else keeps this circle now, so nothing was sent. Please look once more who would read it.
call-gone = That card is gone already. Perhaps it was taken back.
call-long = That is too long. Two hundred characters are enough to say how to reach you.

inventory-title = Group inventory
inventory-quarter = { $from } to { $to } { $year }
inventory-hold = Whoever keeps the circle chooses it for one meeting, and the agenda and the sheets of that meeting follow.
inventory-ours = What we wrote
inventory-none = Nothing is written down yet, and nothing has to be.
inventory-begin = Write down { $quarter }
inventory-write = Write it down
inventory-change = Change it
inventory-questions = Twelve questions
inventory-main = The first round is always about this:
inventory-agenda = Forty-five minutes, part by part
inventory-notes = Good to know
inventory-again = We look again on
inventory-kept = It is here until { $day } and goes by itself then.
inventory-keep = Keep it
inventory-keep-6 = for half a year more
inventory-keep-12 = for a year more
inventory-keep-24 = for two years more
inventory-who = Who can read this: everybody with a seat in this circle, and whoever gets one later. Stewards without a seat cannot, and no other circle can. It lies sealed on the server, and whoever runs the server has the key. Nobody sees who wrote it, and your private writing has no part in it.
inventory-destroy = Destroy it
inventory-destroy-what = It is gone for the whole circle and cannot be brought back. Backups hold it, sealed, until they are too old.
inventory-sure = Yes, we let go of this
inventory-unsure = Tick the box first, so that nothing is destroyed by a slip. Nothing was changed.
inventory-changed = Somebody of your circle changed it meanwhile. Nothing was destroyed. Please look at it again first.
inventory-meanwhile = Somebody of your circle saved something else meanwhile. It stands here; what you typed stands below. Take over what should stay, and save.
inventory-meanwhile-gone = Somebody of your circle destroyed it meanwhile. What you typed stands below. Save it only if it should be there again.
inventory-wrong-empty = There is nothing to keep yet. One line is enough.
inventory-wrong-long = A line has { $most } characters at most. Please say it more shortly; nothing was lost.
inventory-wrong-day = The day on which you look again lies in this quarter or in the year after it. Please choose another, or none.
inventory-wrong-months = Please choose from the list for how long it is kept.
inventory-no-time = This meeting is shorter than forty-five minutes, so there is no time for a group inventory. Choose a longer meeting.
