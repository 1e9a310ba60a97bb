# Signing in, making an account, erasing oneself.

sign-in-title = Sign in
sign-in-lead = With your handle and your seven words. Or with the code you printed.
sign-in-handle = Handle
sign-in-words = Seven words, or the printed code
sign-in-words-hint = Capitals, spaces and dashes make no difference. They stay in this browser; only a proof is sent.
sign-in-go = Sign in
sign-in-busy = One moment…
sign-in-wrong = The handle and the words do not belong together. Look for a missing or misspelt word and try again.
sign-in-shape = That is neither seven words nor a whole code. Please look again.
sign-in-weak = The server asked for less protection than this page allows, so nothing was sent. Please tell the host.
sign-in-wait = There were many tries from here. Please wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}, then try again. Your account is safe.
sign-in-noscript = Signing in needs JavaScript, because your words must be turned into a proof in your own browser. The other pages work without it.
sign-in-lost = Lost your words? The printed code signs you in too. Nobody can send you new ones by mail; a steward can give you a fresh personal link to a new place.

join-name = Your name
join-name-hint = As others in the movement know you.
join-step-handle = Choose a handle
join-handle = Handle
join-handle-hint = The name you sign in with: 3 to 30 letters, digits, dots or dashes. It need not be your real name.
join-next = Go on
join-back = Back
join-step-words = These are your seven words
join-words-why = They are your key. Write them on paper, in this order, and keep the paper where only you look. The server never sees them.
join-roll = Give me other words
join-rolled = Here are seven words.
join-print = Print
join-again-words = Type the seven words
join-step-code = This is your second key
join-code-why = If you lose the words, this code lets you in. Print or write it, and keep it in another place than the words.
join-again-code = Type the code
join-lost = If you lose both, nobody can let you in again: not a steward, not the host. That is what keeps others out.
join-done = Finish
join-busy = Making your keys…
join-wrong = That did not work. Please try again.
join-mismatch-words = These are not the same words in the same order. Look at your paper once more.
join-mismatch-code = This is not the same code. Look at it once more.
join-handle-length = A handle has 3 to 30 characters. Please choose another one.
join-handle-character = A handle has only letters, digits, dots, dashes and underscores. Please choose another one.
join-handle-taken = Somebody has this handle already. Please choose another one.
join-odd = Your browser sent something that Mend cannot read. Load the page again and repeat the last step.
join-have-account = You have an account here already?

account-title = My account
account-lead = You are { $handle } on this instance. What you do in a movement belongs to your place there.
account-movements = My movements
words-title = New words and code
words-before = Before you begin
words-what = You get seven new words and a new code. The old ones stop at once, and so do all other browsers in which you are signed in.
sessions-title = Where you are signed in
sessions-what = Nothing is noted but when a browser signed in. It lasts thirty days, then you sign in again.
sessions-one = Since { $began }, until { $ends }
sessions-here = this browser
sessions-end = Sign out there
sessions-others = Sign out everywhere else
sessions-all = Lock me
sessions-all-what = “Lock me” signs you out everywhere at once, here too. Use it when a phone is lost or somebody makes you open Mend. Your words or your code let you in again.
prove-title = Is it you?
prove-lead = This step asks for your words or your code once more, because you proved who you are more than an hour ago. Nothing was changed yet.
prove-go = It is me
erase-title = Erase me
erase-what = This ends your account and takes your name, hours, wishes, seats and links out of every movement here, at once and for good. Free seats stay free; nobody is told.
erase-left = What other people wrote down or remember, no program can erase. Copies of the data that the host keeps go with time.
erase-type = Type “{ $handle }” to erase yourself
erase-go = Erase me
erase-mistyped = That is not your handle, so nothing happened.
