# Asks, commitments and care hours.

asks-title = Asks
asks-what = Ask a few people for one small thing. A no is easy and leaves no trace.
asks-lead = One small thing, by one day, from a few people you choose. Each of them may say no, and nobody sees it.
asks-to-me = Asked of you
asks-to-me-none = Nobody asks you for anything right now.
asks-mine = Your asks
asks-mine-none = You have no ask open.
asks-end = Every ask ends by itself on its day and is gone then, answered or not.
ask-from = { $name } asks
ask-yes = Yes, I can
ask-no = Not this time
ask-after-all = I cannot after all
ask-you-said-yes = You said yes
ask-taken = Somebody has said yes already. More hands may still be welcome.
ask-takers = Yes from
ask-not-taken = Nobody has taken it yet.
ask-end = Take it back
ask-over = This ask is over: its day has passed, or it was taken back. Nothing was changed.
ask-new = A new ask
ask-no-circle = Asks go to people of your circles. Once you have a seat in one, you can ask here.
ask-what = What do you need?
ask-what-hint = One thing, small enough that a tired person could say yes.
ask-small = How small is it? (may be empty)
ask-small-hint = Half an hour, no lifting
ask-until = By which day?
ask-to = Whom would you like to ask?
ask-go = Ask them
ask-who = The people you tick can read it, and whoever runs the server. You see who says yes, and nothing of anybody else. Whoever has not signed in here yet will not see it; ask them yourself.
ask-wrong-words = Say in a few words what you need. An ask has up to 200 letters, so that it stays small.
ask-wrong-day = Choose a day between today and { $days } days from now.
ask-wrong-people = Tick between one person and { $most } people.
ask-wrong-open = Several asks of yours are open. Take one back first, or wait until one has ended.

commitments-title = Commitments
commitments-what = One small promise with a last day. You may let go of it at any time.
commitments-lead = A small promise for the health of this movement, with a last day. It is yours: change your mind at any time, without a reason.
commitments-mine = Yours
commitments-none = You hold none, and that is fine.
commitments-end = A commitment ends by itself after its last day and is gone then. Nobody asks what became of it.
commitment-private = Only you see it.
commitment-shown = The circle { $circle } sees it.
commitment-show = Show it, or not
commitment-show-label = Who sees it in Mend?
commitment-nobody = Only you
commitment-circle = You and the circle { $circle }
commitment-release = Let go of it
commitment-new = A new commitment
commitment-words = What do you promise?
commitment-words-hint = Small enough for a bad week.
commitment-until = Last day
commitment-go = Make it
commitment-who = Only you see it in Mend, unless you choose to show it to a circle. Whoever runs the server can read it too.
commitment-wrong-words = Say it in a few words. A commitment has up to 200 letters, so that it stays small.
commitment-wrong-day = Choose a last day between today and { $days } days from now.
commitment-wrong-held = You hold { $most } already. Let go of one first; a few small ones are easier to keep.
shared-title = Shown to the circle
shared-lead = Small promises that people of this circle chose to show to it. Nobody has to hold one, or show it, and nobody asks what became of them.
shared-none = Nothing is shown right now.

care-title = Care hours
care-what = Looking after people is work. Write yours down as one number, if you like.
care-lead = Listening, cooking for somebody, sitting with them, holding a circle: care is work. Written down together, it becomes visible.
care-mine = Your hours
care-mine-what = One number for a month, about right is good enough. Leave it empty if you would rather not.
care-unit = Hours. “1.5” is an hour and a half.
care-who = Nobody sees your number. It lies sealed on the server, and whoever runs the server has the key. When the month can no longer be changed it is added to the others, if there are { $fewest } or more, and the single numbers are let go of.
care-wrong = Write a number of hours from 0 to { $most }, such as 2 or 1.5.
care-ours = All of us together
care-ours-what = A month is added up once nobody can change it any more. With fewer than { $fewest } people nothing is shown, so that no number can be read off.
care-month = { $month } { $year }
care-hours = { $hours ->
    [one] one hour
   *[other] { $hours } hours
}
care-none = No month has a sum yet.
