# Movements, people, groups, stewards, and one's own place.

open-title = Come in
open-begin = Begin here
open-begin-why = You are the first. Make an account, then name your movement.
open-steward = Come back as a steward
open-steward-why = This link makes you a steward of the movement. Make an account, or use the one you have.
open-used = This link has been used
open-used-why = Mend is set up already, or the link was used or is older than an hour. Sign in with your account. If nobody has begun a movement yet, start Mend again and it prints a fresh link; a host can also print one with “mend steward add”.
take-as = You are signed in as { $handle }.
take-go = Go on with this account

movements-title = My movements
movements-none = You have no place in a movement yet. Begin one, or open the personal link that a steward gave you.
movements-new = Begin a movement

begin-title = Begin a movement
begin-lead = Five short answers. Everything can be changed later.
begin-name = Name of the movement
begin-name-hint = As you call yourselves.
begin-name-wrong = Please give it a name of at most 80 characters.
begin-by = Your name
begin-by-hint = As others in the movement know you. You will be its first steward.
begin-twice = This movement has begun already. You find it in your list.
begin-by-wrong = Please give a name of at most 80 characters.
begin-zone = Time zone
begin-zone-hint = Where most of you live, such as Europe/Lisbon or America/Bogota.
begin-zone-wrong = Mend does not know this time zone. Write it as region and city, such as Africa/Lagos.
begin-size = People in a circle
begin-size-hint = Six is a good number for an hour.
begin-size-wrong = A circle has 3 to 12 people.
begin-groups = Working groups
begin-groups-hint = One on each line. You can also leave this out and bring in a list of people later.
begin-groups-wrong = A group needs a name of at most 80 characters.
begin-go = Begin
begin-who-reads = Who can read this: everybody who has a place in the movement, and whoever runs the server.

source-title = What guides you
source-hint = Some sentences of the steps use these words.
source-wisdom = Collective wisdom
source-wisdom-is = Together we see more than any one of us.
source-justice = Justice principles
source-justice-is = We steer by values we have written down.
source-care = Unconditional care
source-care-is = Every person here has worth that mistakes cannot remove.
source-plain = Plain words
source-plain-is = Wording with no source.

movement-people = People
movement-import = Bring in people
movement-edit = Change the movement
groups-title = Working groups
groups-none = There are no working groups yet.
groups-people = { $count ->
    [0] nobody yet
    [one] one person
   *[other] { $count } people
}
group-title = Working group
group-name = Name of the group
group-name-hint = As you call it.
group-name-taken = There is a group with this name already.
group-remove = Take the group out
group-remove-what = The people stay in the movement; only the group goes.
groups-add = Another working group
groups-add-go = Add
stewards-title = Stewards
stewards-what = They bring in people and arrange circles, for a year at a time. They cannot read anybody's wishes, hours or answers.
stewards-until = until { $day }
stewards-add = Let somebody serve for a year
stewards-add-go = Let them serve
steward-unclaimed = They have not taken their place yet. Give them their personal link first.

people-title = People
people-count = { $count ->
    [0] Nobody is here yet.
    [one] One person.
   *[other] { $count } people.
}
people-new = Add a person
people-find = Find by name or group
people-find-go = Find
people-none = Nobody by that name.
pager-label = Pages
pager-back = Back
pager-on = On
pager-at = Page { $page } of { $pages }

person-name = Name
person-name-hint = One field, as they wish to be called.
person-name-wrong = Please give a name of at most 80 characters.
person-email = E-mail
person-email-hint = Not needed. Sealed on the disk.
person-email-wrong = This does not look like an e-mail address.
person-email-taken = Somebody here has this address already.
person-languages = Languages
person-languages-hint = Short tags such as en, pt, sw. Empty means unknown.
person-groups = Working groups
person-state = Place
person-here = has a place
person-not-asked = not asked yet
person-asked = was asked
person-keeps = willing to keep
person-no-contact = do not contact
person-more = Besides
person-keeps-box = Is willing to keep a circle
person-quiet-box = Asked not to be contacted. No circle is proposed for them.
person-own = They have taken their place. Name, languages and willingness are theirs to change.
person-who-reads = Who can read this: stewards, the person, and whoever runs the server, who cannot read sealed addresses without the key file.

person-remove = Take them out
person-remove-what = If they should not be in this list: this takes their name and address out for good. Only rows that nobody has claimed can be taken out.
person-remove-claimed = They have taken this place, so only they can erase it. Nothing was changed.
claim-make-title = Bring them in
claim-make-what = A personal link or QR code lets them make this place their own. It opens once and is good for { $days } days. Hand it over yourself; do not send it through a mailbox that others read.
claim-make-go = Make a personal link
claim-head = Personal link
claim-sheet-title = For { $name }
claim-sheet-how = Point your phone's camera at the code, or type the address. It opens once, within { $days } days, and makes your place in the movement yours.
claim-qr = QR code of the personal link
claim-title = Are you { $name }?
claim-lead = Then take your place here. You will choose a handle and get seven words to sign in with. If this is not you, close the page.
claim-used = This link does not open any more
claim-used-why = It was used, or it is older than seven days, or a newer one was made. Ask a steward for a fresh one.
claim-has-place = You have a place in this movement already, so this one stays free.
claim-has-account = They have taken their place already. They sign in with their handle and words.

me-title = My place
me-lead = What you say of yourself. You can leave almost everything empty.
me-name = Name
me-name-hint = As you wish to be called.
me-pronouns = Pronouns
me-pronouns-hint = How others speak of you, such as she/her. People of your circles see them beside your name. May be empty.
me-needs = What you need to take part
me-needs-hint = Captions, a ramp, breaks, a quiet room. Only you and the keepers of your circles can read this. May be empty.
me-needs-wrong = That is too long. Please keep to 500 characters for what you need, and 40 for pronouns.
me-leave = Step back, leave, or take your data along
leave-head = Stepping back and leaving
leave-lead = You owe nobody a reason, and nobody is told why.
leave-only-steward = You are the only steward. Appoint somebody else first, if you can; otherwise whoever runs the server has to print a link for a new one.
unsure = Tick the box first, so that nothing happens by a slip. Nothing was changed.
lock-head = Lock
lock-title = Lock the movement
lock-lead = For the day a phone or a computer was taken, or somebody is in here who should not be.
lock-does-all = Nobody can open anything here any more: no circle, no list of people, no calendar, no answer and no personal link. Nothing is lost.
lock-does-sessions = Everybody in the movement is signed out, on every device. Only you stay signed in, in this browser. The others need their words, their code or their passkey again.
lock-does-end = It opens by itself after 24 hours in which Mend runs. Another steward can keep it locked for seven days in all.
lock-does-open = Two stewards together can open it earlier. You alone cannot, and you cannot lock it again within seven days.
lock-does-not = What somebody has open on a screen, has printed or has saved stays where it is.
lock-only-steward = You are the only steward. Nobody in the movement could open it early, only whoever runs the server. If you can, let a second steward serve first:
lock-sure = I want to lock the movement now
lock-go = Lock it now
lock-who-knows = Who sees this: everybody in the movement sees that it is locked and for how long. Only stewards see who did what.
lock-again = You locked this movement within the last seven days, so this time it takes another steward. Whoever runs the server can lock it too. Nothing was changed.
lock-own = You locked it yourself. To keep it locked for longer takes another steward.
lock-keep-what = Is the danger not over? You can keep it locked for seven days in all, counted from its beginning. Whoever asked to open it has to ask again.
lock-keep = Keep it locked for seven days
lock-open-what = It takes two stewards to open it before its time. Say so here, and ask another steward to say so too.
lock-open = Ask to open it now
lock-open-asked = You asked to open it. It opens as soon as another steward says so too.
lock-open-second = { $name } asks to open it now. If you agree, it opens at once.
lock-open-now = Open it now
locked-title = The movement is locked
locked-hours = { $hours ->
    [one] It opens by itself within the hour.
   *[other] It opens by itself in about { $hours } hours.
}
locked-by = { $name } locked it.
locked-by-nobody = Nobody who serves here now locked it: it was whoever runs the server, or somebody who is no steward any more.
locked-kept = It is kept locked for seven days, counted from its beginning.
locked-only-steward = You are the only steward, so nobody here can open it early. Whoever runs the server can.
locked-look = Look after the lock
age-title = Your age
age-hint = No birth date is asked or kept.
age-adult = I am 18 or older
age-minor = I am under 18. In the movement only stewards and the safeguarding lead can see that.
age-unsaid = Please say whether you are 18 or older. Places here are for adults, unless a movement has a safeguarding lead.
age-adults-only = Everybody in this movement is 18 or older, because nobody looks after safeguarding in it now. Speak to somebody you know there; you can come back when you are 18.
age-own = Under 18
age-own-what = You said that you are under 18. Only you, the stewards and the safeguarding lead can see that. Circles you are asked into have at least two adults in them. Once you are 18, say so here.
age-grown = I am 18 now
age-not-yet = Not yet

safe-title = Safeguarding
safe-look = Open
safe-off = Everybody in this movement is 18 or older.
safe-waits = Nobody under 18 can take a place here until the lead has agreed. No circle seats anybody under 18 with fewer than two adults.
safe-on = People under 18 can have a place here. No circle seats any of them with fewer than two adults. Where others decline or leave, stewards read that one is missing, and the circle is not opened in Mend until another adult has a seat.
safe-leaderless = Nobody is the safeguarding lead now, so nobody under 18 can take a place until somebody agrees to be. The rules for circles stay in force.
safe-asked = You are asked to be the safeguarding lead. Read the text, then say yes or no. You owe nobody a reason.
safe-text = How we keep people under 18 safe
safe-lead-is = Safeguarding lead: { $name }
safe-lead-asked = Would you be the lead? You would be the one whom people under 18, and anybody who worries about them, can turn to. You would see who is under 18.
safe-lead-yes = Yes, I agree to this
safe-lead-no = Not this time
safe-lead-down-what = You are the lead. You can lay it down at any time; the stewards are told, and nobody under 18 can take a place until there is another lead.
safe-lead-down = Lay it down
safe-lead-who = Who can read this: everybody in the movement sees who is the lead. If you say no, your name is taken out.
safe-lead-down-who = Who can read this: everybody in the movement sees who is the lead. If you lay it down, your name is taken out.
safe-lead-wrong = The lead is somebody of 18 or older who has taken their place here. Please choose somebody else.
safe-not-lead = You are not asked to be the lead any more. Nothing was changed.
safe-text-changed = The text was changed while you read it. Please read it once more; nothing was said in your name.
safe-minors = Under 18
safe-minors-who = Who can read this list: stewards and the lead.
safe-set = Set up safeguarding
safe-change = Change safeguarding
safe-set-what = Without it, a place here is for people of 18 or older. With it, people under 18 can join too. It takes a written text and one named person who agrees. From then on a circle is opened in Mend once three people have a seat in it.
safe-write = The text
safe-write-hint = Who may be with people under 18, and where. Whom to tell when something worries you, inside and outside. What the law asks you to report. Have somebody read it who knows the law where you are.
safe-text-wrong = Please write the text first. Nothing was changed.
safe-lead = The lead
safe-lead-hint = They are asked, and it counts once they agree. If you change the text or the lead, they are asked, and until they agree nobody under 18 can take a place.
safe-ask = Save and ask them
safe-who-reads = Who can read this: everybody in the movement, and whoever runs the server.
safe-off-what = Switching it off makes this a movement for adults again, and the text is gone. It is not possible while somebody under 18 has a place.
safe-off-sure = Yes, the text and the lead may go
safe-off-unsure = Tick the box first, so that nothing is switched off by a slip. Nothing was changed.
safe-off-go = Switch it off
safe-off-minors = People under 18 have a place here, and they would be left without a lead and a text. They can leave, or say once they are 18. If the lead wants to stop, name another one. Nothing was changed.
safe-circle = There can be people under 18 in this movement. Hold a circle only when at least two adults are there. If fewer come, wait for another or end it.
safe-circle-lone = Somebody under 18 has a seat in this circle, and fewer than two adults have. Its doors in Mend stay closed until another adult has a seat, and please do not hold it on paper either. Only stewards read this.
steward-minor = Stewards are 18 or older. Nothing was changed.
person-minor = under 18

joining-head = Joining
joining-title = Joining link
joining-lead = For people who are in no list yet. Whoever opens the link can ask for a place, and two stewards look at each.
joining-only-steward = You are the only steward, and it takes two to let somebody in. Let a second one serve first:
joining-none = There is no link now. A link is good for { $days } days; you can let it go on, or end it at any time.
joining-open = Make a joining link
joining-until = The link is good until { $day }. Whoever has it can ask for a place; it shows nothing but the name of the movement.
joining-renew = Let it go on for { $days } days from now
joining-sheet = The sheet with the code
joining-end = End the link
joining-end-all = Also say “not now” to everybody who waits
joining-waiting = Asking for a place
joining-count = { $count ->
    [one] One person asks for a place. It takes two stewards.
   *[other] { $count } people ask for a place. It takes two stewards each.
}
joining-look = Look
joining-nobody = Nobody is waiting.
joining-how = Two stewards have to say yes; one “not now” is enough. No reason is asked or kept. After thirty days somebody who was not answered is forgotten. Only stewards see this page.
joining-knows = Knows here, as they say: { $who }
joining-speaks = Languages: { $languages }
joining-own-yes = You said yes. Another steward has to look too.
joining-first-yes = { $name } said yes.
joining-yes = Yes
joining-no = Not now
joining-yes-to = Yes: { $name }
joining-no-to = Not now: { $name }
joining-no-lead = They are under 18, and there is no safeguarding lead now. Find a lead first, or say “not now”. Nothing was changed.
joining-sheet-title = Ask for a place with us
joining-sheet-how = Point your phone's camera at the code, or type the address. Two people of ours look at everybody who asks. Good until { $day }.
joining-qr = QR code of the joining link
joining-ask = Ask for a place here
joining-ask-lead = Two people will look at it and say yes or not now. You see nothing of the movement until then, and it sees only what you write here.
joining-ask-go = Ask for a place
joining-more = If you like, say a little more
joining-who-knows = Who do you know here?
joining-who-knows-hint = A name or two. It helps those who look. May be empty.
joining-who-reads = Who can read this: the stewards of the movement and you. Whoever runs the server can read it too, but for whom you know, which is sealed. If you get no place, nothing of it stays.
joining-long = One of the answers is too long. Please shorten it and send it again.
joining-gone = This link does not open any more
joining-gone-why = It has ended, or it was never there. Ask whoever gave it to you for a fresh one.
joining-many-why = Many people are asking for a place right now, so nothing was kept. Try again in a few days, or speak to somebody you know from the movement.
joining-waits-why = You have asked already. Two people will look at it.
joining-soon-why = You asked less than a week ago, and the answer was “not now”. You can ask again after a week, or speak to somebody you know from the movement.
joining-wait = You asked for a place here. Two people will look at it. There is nothing you need to do.
joining-wait-until = Look here again in some days. If nobody has answered by { $day }, it is forgotten, and you can ask again.
joining-back = Take it back
joining-not-now = Not now. That is not about who you are, and no reason is kept.
joining-again = You can ask again from { $day }, or speak to somebody you know from the movement.
law-remind = What does the law ask where you are?
law-remind-why = In many places some things must be reported, such as a child at risk. Whoever listens in a circle should know before. Write down what holds for you, or that nothing does.
help-later = Later
help-head = Help
help-title = Help at hand
help-lead = People outside of the movement whom you can turn to, at any hour and without asking anybody here.
help-none = The stewards have not filled in this list yet. In danger to life, call the emergency number of your country.
help-not-us = Mend is not help itself. A circle, a companion or this program cannot stand in for a doctor, a lawyer or a crisis line.
help-kept = This page also opens without a line, for a week after you last saw it.
help-edit = Outside help and the law
help-edit-lead = Everybody in the movement sees this, on a page of its own and wherever feelings are asked for. Call each number once before you put it here.
help-list = Whom people can turn to
help-list-hint = A line for each, with who it is, a colon, and how to reach them. For example “Emergency: 112”, “Crisis line, day and night: +351 213 544 545”, “Legal aid: https://law.example”.
help-law = What the law asks
help-law-hint = What must be reported where you are, such as a child at risk, and who knows more. May be empty.
help-wrong = Line { $line } is too long, or there are more than { $most } lines. Please shorten the list.
help-remind = Nobody here knows whom to turn to yet
help-remind-why = Circles ask how people are. Fill in a crisis line, the emergency number and whom you trust, before the first hour is held.
law-title = What the law asks
law-notice = Legal cases are not for this circle. Please talk to counsel.
group-law = People of this group work on legal cases: remind their circles to keep those out
export-title = Take your data along
export-what = One file with everything that this movement keeps of you. It can be read with any text editor.
export-go = Save my data
step-back-title = Step back
step-back-what = You give back the keeping of circles and, if you are one, the office of steward. Your seats and groups stay.
step-back-sure = Yes, others can take over
leave-title = Leave
leave-what = Your seats, roles, groups, wishes, hours and addresses go at once, and nobody here sees your name in a list any more. For { $days } days you can come back by yourself; then your name goes too.
leave-sure = Yes, I leave this movement
leave-not-again = Do not let a list bring me in again. A print of my e-mail address stays, from which nobody can read the address.
leave-or-erase = To erase yourself everywhere at once, go to
return-title = Movements you have left
return-go = Come back
return-gone = There is no place to come back to any more. Ask a steward for a personal link; you are welcome.
me-languages = Languages
me-languages-hint = Short tags such as en, pt, sw. Circles are put together so that all understand each other.
me-zone = Time zone
me-zone-hint = Only if it is not the movement's.
me-offers = If you like
me-keeps = I am willing to keep a circle. The keeper hosts, and takes part like everybody else.
me-pause = I would like a pause. No new circle is proposed for me until I take this away. Nobody is told; a steward who looks closely may notice that no draft seats me.

hours-title = My hours
hours-lead = Tick the hours of a usual week in which a circle could meet. Leave it empty and nothing is assumed.
hours-zone = These hours are on the clock of { $zone }.
hours-unknown = Nothing is known yet, and nothing is assumed.
hours-known = { $count ->
    [one] One hour of the week.
   *[other] { $count } hours of the week.
}
hours-go = Tick hours
hours-why = Circles are put together so that everybody has time. Empty means unknown, not never.
hours-who-reads = Who can read this: you, and whoever runs the server. Stewards see only whether a circle has hours in common, where three people or more have told theirs.

wishes-head = My wishes
wishes-title = Whom I would rather not sit with
wishes-short = A private wish. No reason needed, and nobody can see it.
wishes-go = Open
wishes-lead = Find people you would rather not share a circle with, and tick them. You need no reason. They are not told, and neither is anybody else.
wishes-find = Part of a name, two letters or more
wishes-found = { $count ->
    [0] Nobody else here has a name like that.
    [one] One person found. Tick the box and save.
   *[other] { $count } people found. Tick whom you mean and save.
}
wishes-who-reads = Who can read this: only you. It is kept on the server unsealed, because the server has to put circles together; whoever runs the server could look it up.
wishes-legend = Rather not with
wishes-veil = Stewards cannot find it out by trying either: a seat that is not possible always reads the same, whether it is full, somebody is away, or chance has closed it. A few seats are closed by chance for just this reason.

home-morning = Good morning, { $name }.
home-day = Good day, { $name }.
home-evening = Good evening, { $name }.
home-asks = { $count ->
    [0] Nothing asks for you right now.
    [one] One thing asks for you. You can decline it without a reason.
   *[other] { $count } things ask for you. Any of them can be declined without a reason.
}
home-backup-late = There has been no backup for more than a day. Tell the host of this instance: the log says why.
home-asked = What is asked of you
home-nothing = When a circle invites you, it stands here.
home-nothing-new = You are new here. There is nothing you have to do. When a circle invites you, it stands here.
first-title = The first circle
first-people = Bring in the people and groups you have, from a list or by hand. Nobody is written to.
first-circle = { $people } people are here. Propose circles, look at them, change what you like, then invite.
first-done = { $circles ->
    [one] One circle goes on.
   *[other] { $circles } circles go on.
}

wave-title = Wave
wave-lead = In a busy time of action outside, care is what is dropped first. Declare a wave, and the circles meet for twenty minutes instead of an hour: short turns, no step, on the same days. It ends by itself.
wave-until = Its last day
wave-until-hint = At most eight weeks from now. From the day after, meetings are as long as they were.
wave-wrong = Name a day from today on, at most eight weeks away.
wave-go = Declare the wave
wave-now = A wave is on until { $day }. Meetings last twenty minutes, on pages, sheets and in calendars.
wave-end = End it now
wave-who-reads = Who can read this: everybody in the movement sees on their Home that a wave is on, and until when.
wave-home = A wave is on until { $day }: circles meet for twenty minutes, and do not stop.
