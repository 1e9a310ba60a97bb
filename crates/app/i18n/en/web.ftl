# The frame around every page, and what is said when something cannot be done.

skip = Skip to the page
nav-label = Places
nav-label-bar = Places, at the thumb
crumbs-label = The way back
nav-home = Home
nav-circles = Circles
nav-me = My place
nav-movement = Movement
nav-sign-in = Sign in
nav-movements = My movements
foot-about = What Mend is
foot-account = Signed in as { $handle }
sign-out = Sign out
save = Save
cancel = Cancel
print = Print
copy = Copy
copied = Copied

problem-not-found = There is nothing here for you
problem-not-found-why = Either this page is not there, or it belongs to somebody else. Mend gives one answer for both. Check the link, or go back.
problem-sign-in = Please sign in
problem-sign-in-why = This page is for people of a movement. Sign in, and you can go on.
problem-gone = This is over
problem-refused = That did not work
problem-foreign = That came from another page
problem-foreign-why = Mend only takes forms from its own pages, so that no other site can act in your name. Open the page here again and send it once more.
problem-full = The disk is full
problem-full-why = Nothing was changed. You can still read everything. Tell the host of this instance that there is no room left.
problem-damaged = The data is damaged
problem-damaged-why = Nothing of what you sent was kept, and nothing is written until the data is put right. What can still be read stays here. Tell the host of this instance; a backup can bring it back.
problem-broken = Something broke
problem-broken-why = Nothing of what you sent was kept. It is not your doing. Try again in a minute; if it stays, tell the host of this instance.
problem-busy-why = Many people are changing things right now. Nothing was lost. Please try again.
problem-form-why = The form did not arrive as a form. Open the page again and send it once more.
problem-large-why = That was too much at once. Shorten it and send it again.
problem-host-why = This is not the address of a Mend that runs here. Use the address that was printed when it started.
problem-back = Go back

form-offline = Nothing was sent: there is no line to the server. What you typed is still here. Try again when you are back.
form-insecure = Your browser has no secure line to this page, so it cannot make keys. Use the https address.
form-insecure-local = Your browser only makes keys over https, or on the machine that Mend runs on. The host needs to give this instance an https address first.

told-saved = Saved.
told-imported = The list is in. Nobody was written to.
told-added = Added.
told-removed = Taken out.
told-ended = The circle has ended.
told-confirmed = The circles are there. Now people need their invitations.
told-draft-gone = This draft was confirmed or let go of already. Here is what is open now.
told-seat-back = Your seat is free again. Thank you for the time you gave.
told-keeper = The keeping is settled.
told-freed = The seat is free again.
told-locked = You are signed out everywhere.
told-session-ended = That browser is signed out.
told-words = Your new words and code are in force. The old ones have stopped.
told-stepped-back = Done. Thank you for what you carried.
told-left = You have left. Thank you for the time you gave.
told-passkey = This device knows you now. Next time, one touch signs you in.
told-passkey-gone = The passkey opens nothing here any more. Remove it from the device too.
told-moved = Moved.
told-dropped = The draft is gone.
told-renewed = You have a new address. The old one has stopped.
told-answered-yes = Your seat is yours. The date is in your list.
told-answered-no = Thank you for saying. Nobody asks why.
told-erased = You are erased. Nothing here names you any more.
told-welcome = Welcome.
told-steward = They can act as a steward now.

not-public-why = This Mend has no public https address yet, so phones and computers elsewhere cannot open its links. Print the sheets and bring people to this machine, or start Mend with --public-url once there is an address.

landing-head = Welcome
landing-title = Groups break from the inside. Mending is work, and it can be shared.
landing-lead = Mend gives a movement small circles across its working groups: six people, one hour a month, one question, one voice at a time.
landing-what = No religion, no treatment, nothing you must do. You can pass, pause and stop, and you owe nobody a reason.
landing-empty = Nobody has begun here yet. The program printed a link when it started; open it to begin. It is good for an hour, and a fresh one is printed at every start until it is used.
landing-more = What Mend is

about-title = What Mend is
about-what = Mend is a small program that helps social movements stay whole. People from different working groups meet in circles of about six, listen to each other for an hour, and look after how they work together.
about-not = It is not a religion, not therapy, and not a place to plan campaigns. It stands beside your politics and does not replace them.
about-free = Everything in it is voluntary. No task, role or right depends on taking part, and nobody sees who said no. There are no scores, no lists of who was absent, and no record of what is said.
about-server = It runs on a machine that your movement, or people you trust, look after. It loads nothing from anywhere else.
about-credit = Circle practice comes from Indigenous peoples, above all in North America. The steps are adapted from the mutual aid of 12-step groups. We are grateful to both.
about-read-title = Who can read what
about-read = Whoever runs the server can see names of people and groups, who is in which group and circle, hours and languages, private wishes about seats, and answers to invitations while they are open. E-mail addresses are sealed on the disk with a key kept beside the data.
about-read-not = Words and codes that you sign in with never reach the server. What is said in a circle is not recorded anywhere.
about-licence = Mend is free software under the AGPL, version 3 or later.

path-title = The path
path-label = Twelve steps joined by a thread
step-1 = Limits
step-2 = Wisdom
step-3 = Commit
step-4 = Inventory
step-5 = Name it
step-6 = Ready
step-7 = Ask
step-8 = List
step-9 = Amends
step-10 = Keep on
step-11 = Attune
step-12 = Carry

demo-used = This door was used already
demo-used-why = Each door of the sample movement opens once. Stop the demo and start it again for new ones.
