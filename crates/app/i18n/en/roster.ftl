# Bringing in lists of people.

import-title = Bring in people
import-lead = Take the list you have, as it is. You will see what would change before anything is written, and nobody is contacted.
import-file = A list as a file
import-file-hint = CSV or XLSX, as your program saves it, up to 32 MB. With a line of headers, or just one name or address a line.
import-paste = Or paste a list
import-pasted = Names or e-mail addresses, one a line
import-pasted-hint = “Ana Lima <ana@example.org>” is fine too, and so is a piece of a spreadsheet with its headers.
import-look = Look at it first
import-who-reads = Who can read this: stewards, and whoever runs the server. E-mail addresses are sealed on the disk. The list itself is kept sealed until it is in, or for an hour at most if you do not confirm it.
import-columns = Which columns are understood
import-columns-which = Name (or first and last name), e-mail, groups, leads, a number or id, joined, languages, time zone, keeper, do not contact. You can change what a column is taken for before anything is written; the others are left out. Several groups in one cell are separated by semicolons, bars or commas.
import-programs = Reports of Action Network, exports of CiviCRM, lists of Zetkin and the members in an export of a Loomio group are recognised. Whoever has unsubscribed there, or asked there not to be contacted, is never written to here.
import-is-sheet = This is a spreadsheet of a kind that Mend does not read, or a locked one. Save it unlocked as XLSX or CSV and choose that file.
import-letters = This is not a list that Mend can read: it holds more than text. Save it as XLSX or CSV and choose that file.
import-broken = The file breaks off or is damaged; in a CSV file, a quotation mark may not be closed. Open it in a spreadsheet program, save it again and choose that file.
import-wide = This list has more than 400 columns. Take out those that Mend does not need, and choose it again.
import-too-much = This file holds more than Mend takes at once: 200,000 rows, or cells with whole books in them. Split it in two and bring in one after the other.
import-empty = There is nothing in this list. Please choose or paste another one.
import-large = The file is larger than 32 MB, or it did not arrive whole. Split it in two and bring in one after the other.
import-gone = What you looked at is no longer here; it waits for an hour and only the newest waits. Please choose the file again.

mappings-title = Lists that Mend knows
mappings-what = When you change what columns are taken for, Mend remembers it for lists with the same headers. It keeps no names from them.
mapping-action-network = From Action Network, { $count } columns:
mapping-civicrm = From CiviCRM, { $count } columns:
mapping-zetkin = From Zetkin, { $count } columns:
mapping-loomio = From Loomio, { $count } columns:
mapping-names = Names, { $count } columns:
mapping-addresses = Addresses, { $count } columns:
mapping-other = { $count ->
    [one] One column:
   *[other] { $count } columns:
}
mapping-forget = Forget
mapping-forget-label = Forget the list with { $what }

origin-action-network = This looks like a list from Action Network. Whoever is not subscribed there any more counts as “do not contact”.
origin-civicrm = This looks like a list from CiviCRM. Whoever asked there not to be mailed, phoned, written to or passed on counts as “do not contact”.
origin-zetkin = This looks like a list from Zetkin.
origin-loomio = This looks like the export of a Loomio group. Its memberships are read, and nothing that people wrote.
origin-names = This looks like a list of names, one a line.
origin-addresses = This looks like a list of e-mail addresses, one a line.

under-way-title = The list is being brought in
under-way-far = { $done } of { $todo } rows are in.
under-way-what = This goes on by itself, also when you close this page or the server starts again. Nobody comes in twice, and nobody is contacted.
under-way-look = See how far it is

preview-title = What would change
preview-lead = Nothing has been written yet.
preview-new = new
preview-changed = changed
preview-same = unchanged
preview-trouble = with a problem
preview-go = { $count ->
    [one] Bring in one person
   *[other] Bring in { $count } people
}
preview-other = Choose another file
preview-nothing = There is nothing to bring in: everybody in this list is here as they are.
preview-not-asked = People who are brought in are “not asked yet”. Their first question from Mend is the invitation to a circle.
preview-troubles = Rows that are left out
preview-line = Line { $line }:
preview-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
preview-columns = What the columns are taken for
preview-columns-kept = Mend remembers this for the next list with the same headers.
preview-remembered = You chose this for an earlier list with the same headers.
preview-left-out = { $count ->
    [one] One column that is left out
   *[other] { $count } columns that are left out
}
preview-column-nth = Column { $nth }
preview-look-again = Look again with these
preview-tabs = Another sheet
preview-tab = Sheet of this workbook
preview-tab-go = Look at this one
preview-letters = This file does not say which letters it is written in, so they were guessed. If names look wrong, save it as “CSV UTF-8” or XLSX and choose it again.
preview-nobody-named = No column says who people are. Choose one for the name, or one for the e-mail address, and look again.
preview-by-address = There is no column for names, so people are called by the part of their address before the @ until they say their name themselves.
preview-quiet = { $count ->
    [one] One of them is marked “do not contact”: kept in the list, and never invited.
   *[other] { $count } of them are marked “do not contact”: kept in the list, and never invited.
}
preview-who-reads = Who can read it then: stewards see everything in the list; members see the names of those they sit with. Nobody is told.
preview-changes = What changes
preview-first = Who is new
change-from-to = { $from } becomes { $to }
change-yes = yes
change-no = no longer
preview-is-new = new
preview-is-changed = changed

trouble-no-name = there is no name in it.
trouble-long-name = the name is longer than 80 characters.
trouble-email = “{ $mail }” is not an e-mail address.
trouble-same-email = the e-mail address stands in line { $line } already.
trouble-same-id = the number stands in line { $line } already.
trouble-two-people = its number and its e-mail address belong to two different people here.
trouble-not-again = This person asked that no list brings them in again.
trouble-too-long = it has more cells than the header.

column-name = name
column-given = first name
column-family = last name
column-email = e-mail
column-id = number
column-groups = working groups
column-leads = groups they lead
column-joined = the day they joined
column-languages = languages
column-zone = time zone
column-keeps = willing to keep a circle
column-quiet = do not contact
column-subscribed = still subscribed
column-other = left out
