# The path of twelve steps. The texts of the steps themselves lie in practice/.

steps-title = Steps
steps-lead = Twelve steps for looking after yourselves and each other. Open any of them at any time; skip one, repeat one, or leave them all alone.
steps-all = From the first to the twelfth
steps-here = You are here
steps-credit = The steps are adapted from the mutual aid of 12-step groups. Each page says what changed.

step-number = Step { $number } of twelve, { $letter }
step-title = Step { $number }. { $title }
step-circle = The circle
step-from-meeting = In a circle, from meeting { $meeting } on.
step-from = Where it comes from
step-fits = { $meeting ->
    [1] In a circle it fits from the first meeting on.
   *[other] In a circle it fits from meeting { $meeting } on, once people know each other. Reading it is fine at any time.
}
step-neighbours = The steps beside this one
step-before = ‹ Step { $number }
step-after = Step { $number } ›
step-open = Read the whole step
step-for-keeper = For the keeper:
step-beside-go = Open
step-keeping = For the keeper: the circle's own words

caution-everybody = Go gently
caution-keeper = For whoever keeps the circle
caution-companion = For the two of you
prompts-circle = For the circle
prompts-circle-how = One question, once around. Anybody may pass.
prompts-companion = For companions
prompts-companion-how = For two people who walk the steps together. Take one, or none.
prompts-journal = For writing alone
prompts-journal-how = On paper or wherever you write. Nobody needs to see it.

own-source-title = In which words?
own-source-what = You may read the steps in other words than your group. “Plain” names no source at all.
own-source-label = Words for me
own-source-group = As my group ({ $source })
own-here-title = Where am I?
own-here-on = I am at this step
own-here-off = Take the mark away
own-path-who = Nobody else in Mend sees this, and it is counted nowhere. It lies sealed on the server; whoever runs the server has the key.

ready-title = How ready am I?
ready-ask = To let this habit go, I feel this ready today:
ready-ends = 0 is “not yet”, 10 is “I have begun”. Every number is a good answer.
ready-go = What next?
ready-who = Your number goes to the server and comes straight back. It is kept nowhere.
ready-which = Choose a number from 0 to 10 first. Nothing was kept.
ready-said = You said { $ready }
ready-none = “Not yet” is a whole answer. Is there something that the habit still protects?
ready-not-lower = What keeps it from being lower? Something in you knows already why this matters.
ready-easier = And what would make it one point easier: time, company, rest, a smaller first try?
ready-full = What would help you to stay with it on a bad day?
ready-gone = Nothing of this was written down. It is gone when you leave the page.

wording-title = Our own words
wording-what = Any text of a step can be said in your own words. The original stays beside it and can come back.
wording-go = Change the words
wording-lead = Choose a text. What you change holds from then on; the original stays and can come back at any time.
wording-ours = your words
wording-behind = original changed
wording-behind-what = The original has changed since you made your version. Look at both, and keep what is right for you.
wording-original = The original, version { $version }
wording-given = What the movement says
wording-since = Your version since { $day }, made from version { $version } of the original.
wording-words = Your words
wording-words-hint = Up to { $most } letters, on one line.
wording-empty = There is nothing in it. Write a few words, or go back to the original.
wording-long = That is longer than there is room for. Make it shorter.
wording-anyway = Save anyway
wording-back = Back to the original
wording-who-movement = Everybody in the movement reads this. Nobody is named as its author.
wording-who-circle = The people of the circle and the stewards read this. Nobody is named as its author.
wording-restart-title = Start again from the original
wording-restart-what = All your own words for this step go, and what stood there before comes back. This cannot be taken back.
wording-restart-sure = Yes, our words for this step may go
wording-restart-unsure = Tick the box first, so that no words go by a slip. Nothing was changed.
words-frame = What it is
words-opening = Opening lines
words-prompt = Questions
words-caution = Where to be careful
text-short = The word on the path
text-title = Title
text-meaning = What it means
text-counted = { $of }, { $at }

concern-title = This could hurt somebody
concern-names = “{ $word }” may ask people to name somebody. In a circle that can hurt those who are named, and those who are not.
concern-telling = “{ $word }” asks for a whole story. A question about now, and about what helps, is easier to carry.
concern-demands = “{ $word }” sounds like a demand. Nobody has to do or own up to anything here.
concern-reasons = “{ $word }” asks people to justify themselves. “What” is often kinder than “why”.
concern-wounds = “{ $word }” may touch a wound. Some people cannot put it away again within an hour.
concern-ranks = “{ $word }” compares. People may feel measured against each other.
concern-diagnoses = “{ $word }” names an illness. A circle cannot say what somebody has.
concern-blames = “{ $word }” looks for guilt or for pardon. Both are nobody's to ask for in a round.
concern-choice = It is your question, and you may keep it as it is.

circle-source-title = What the circle steers by
circle-source-label = Words for the circle
circle-source-movement = As the movement
circle-source-who = It changes the opening lines for everybody in the circle. Each of you can still read in other words.

short-title = Short practices
short-what = One to ten minutes to come back to yourself, with open eyes, many of them moving.
short-alone = For you alone
short-together = For a few together
short-facts = { $minutes ->
    [one] One minute.
   *[other] { $minutes } minutes.
}
short-moving = If you would rather move
short-all = All practices
