# Bringing in lists of people.

import-title = Bring in people
import-lead = Take the list you have, as it is. You will see what would change before anything is written, and nobody is contacted.
import-file = A list as a CSV file
import-file-hint = With a first line of headers. Commas, semicolons or tabs; UTF-8; up to 8 MB.
import-look = Look at it first
import-who-reads = Who can read this: stewards, and whoever runs the server. E-mail addresses are sealed on the disk. The file itself is kept sealed until you confirm, for an hour at most.
import-columns = Which columns are understood
import-columns-which = Name (or first and last name), e-mail, groups, leads, a number or id, joined, languages, time zone, keeper, do not contact. Others are left out. Several groups in one cell are separated by semicolons, bars or commas.
import-is-sheet = This is a spreadsheet file. Save it as CSV in your spreadsheet program and choose that file.
import-encoding = The letters in this file are in an encoding that Mend does not read. Save it as CSV in UTF-8 and choose it again.
import-broken = The file breaks off inside a cell: a quotation mark is not closed. Open it in a spreadsheet program, save it as CSV again and choose that file.
import-no-name = No column of this file is headed as a name. Head one column with “name”, or two with “first name” and “last name”, and choose it again.
import-empty = The file is empty. Please choose another one.
import-large = The file could not be read to its end; it may be larger than 8 MB. Split it in two and bring in one after the other.
import-gone = What you looked at is no longer here; it waits for an hour and only the newest waits. Please choose the file again.

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
preview-columns = What the columns were taken for
preview-first = The first of them
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
column-other = left out
