# Letters: what stands in them, who gets which and when, and how mail fares.

letter-subject = Something to look at
letter-hello = Hello,
letter-invitation =
    somebody asks you a question. Yes and not this time are both fine, and you owe no reason. You can answer here without signing in:
    { $link }
letter-evening =
    a reminder of { $when }. Everything about it is here:
    { $link }
letter-soon =
    it begins in about two hours: { $when }. Everything about it is here:
    { $link }
letter-change =
    something has changed that you may want to know. It stands here:
    { $link }
letter-call =
    somebody would like to hear from you. It stands here:
    { $link }
letter-foot =
    You choose which letters come to you, and when:
    { $choose }
    To stop all of them with one press:
    { $stop }
letter-sample = This letter only shows that mail goes out. There is nothing to do.

letters-head = Letters
letters-title = Letters
letters-short = Which letters come to you by mail, and when.
letters-go = Choose
letters-lead = A letter never says what it is about. It has a link to the page where that stands, and a reminder has its hour.
letters-paper = This Mend sends no mail. What you choose here counts as soon as it does.
letters-wrong = An hour or a choice did not arrive whole. Nothing was changed. Please look again.
letters-muted = No letters at all
letters-muted-what = Not even invitations. They still stand on your Home.
letters-evening = The evening before a meeting
letters-soon = Two hours before a meeting
channel-mail = A letter by mail
channel-calendar = A reminder in my own calendar, no letter
channel-nothing = Nothing
letters-others = Other letters
letters-changes = When a meeting is at another hour or place or called off, and when somebody would come for somebody
letters-always = Invitations come whatever you tick here, and so do letters from somebody who asks you to call. Only “no letters at all” stops them.
letters-rhythm = How often
rhythm-soon = Soon after, in one mail what comes within five minutes
rhythm-daily = One mail a day
rhythm-hour = At this hour, for one mail a day
rhythm-hint = Reminders come at their own hour. So does a letter from somebody who asks you to call.
quiet-title = Quiet hours
quiet-hint = Nothing comes in them. They may go over midnight. What would come waits until they end, and a reminder that would then be too late is let go of. Leave both empty for none. Your clock: { $zone }.
quiet-from = From
quiet-to = Until
letters-who-reads = Who can read this: you, and whoever runs the server.

mute-title = Stop all letters?
mute-lead = One press, and no letter of this movement comes to this address any more, not even an invitation. Nobody is told.
mute-go = Stop all letters
mute-done = No more letters
mute-done-then = It is done. If you change your mind, choose again under “My place”, or tell a steward.
mute-who-reads = Who can read this: you, and whoever runs the server.

mail-title = Mail
mail-paper = This Mend sends no mail. Letters wait for paper: print the sheets, or save the file for your own mail program. The host can name a mail server when starting it.
mail-folder = Letters are written as files into a folder of the host. Somebody has to bring them on their way.
mail-smtp = Letters go out through { $host }.
mail-waiting = { $count ->
    [0] No letter waits to go out.
    [one] One letter waits to go out.
   *[other] { $count } letters wait to go out.
}
mail-goes-on = Nothing is lost. Mend tries again by itself, longer apart each time, for about two days.
mail-test = Try it
mail-test-what = Mend sends a letter that says nothing to your own address, { $address }, and tells you here what the mail server answers. That may take half a minute.
mail-test-folder = Mend writes a letter that says nothing to your own address, { $address }, into the folder.
mail-test-go = Send me a letter
mail-no-address = There is no e-mail address for you here, so there is nowhere to send a letter. Write one on your page in the list of people.
mail-own-page = Your page in the list
mail-accepted = The letter went on its way. Look whether it arrives, also among what your mail program takes for advertising.
mail-written = The letter lies in the folder for mail.
mail-server-said = The server said: “{ $said }”
mail-stuck = What did not go through
mail-stuck-what = You see whose letter it was, not what it was about. An invitation can also be handed over on paper.
mail-somebody = somebody
mail-dead = A letter to { $name } of { $day } did not arrive
mail-perhaps = A letter to { $name } of { $day } has perhaps arrived
mail-perhaps-why = The line broke or Mend stopped at the very moment the letter was handed over, so nobody knows. If you send it again, it may come twice. You can also ask.
mail-again = Send it again
mail-let-go = Let it go
mail-moved-on = That letter has moved on meanwhile. Look at the list again.
mail-who-reads = Who can read this: the stewards. What a letter was about stands nowhere here.

trouble-host = No mail server has this name. The host of this instance should look at how --smtp is spelled.
trouble-unreachable = Nobody answers at the mail server. It may be down, or the port is another one.
trouble-slow = The mail server takes too long to answer.
trouble-odd = What answers there does not talk like a mail server. The port may be another one.
trouble-tls = No secure line could be made to the mail server. Its certificate may be of another name or too old, or the port is another one.
trouble-login = The mail server does not let us in. The host of this instance should look at the two lines in the file that lets Mend in.
trouble-sender = The mail server takes no letters from our address. The host of this instance should look at --mail-from.
trouble-relay = The mail server hands nothing on for us to this address. The host of this instance may need to name a file that lets Mend in.
trouble-address = There is no mailbox at this address, or the address is misspelled.
trouble-refused = The mail server read the letter and refused it. It may take it for advertising.
trouble-later = The mail server asks us to come again later.
trouble-broken = The line to the mail server broke before the letter was handed over.
trouble-folder = The letter could not be written into the folder for mail. It may be full, or closed to this program.
trouble-unknown = The line broke at the very moment the letter was handed over. It has perhaps arrived.
