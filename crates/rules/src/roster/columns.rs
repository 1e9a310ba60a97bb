//! What the columns of a roster hold, guessed from their headers.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The whole name.
    Name,
    /// A part of the name that goes first.
    GivenName,
    /// A part of the name that goes last.
    FamilyName,
    /// An e-mail address.
    Email,
    /// The number or code of the person in the list it comes from.
    ExternalId,
    /// Working groups.
    Groups,
    /// Working groups that the person leads.
    Leads,
    /// The day they joined.
    Joined,
    /// Languages they speak.
    Languages,
    /// Their time zone.
    Zone,
    /// Whether they are willing to keep a circle.
    Keeps,
    /// Whether they asked not to be written to.
    DoNotContact,
    /// Something that Mend does not keep.
    Other,
}

const HEADERS: [(Column, &[&str]); 12] = [
    (
        Column::ExternalId,
        &[
            "personid",
            "externalid",
            "extid",
            "externalidentifier",
            "contactid",
            "id",
            "uuid",
            "memberid",
            "userid",
        ],
    ),
    (
        Column::Name,
        &[
            "name",
            "fullname",
            "displayname",
            "person",
            "member",
            "nameofperson",
            "username",
        ],
    ),
    (
        Column::GivenName,
        &["firstname", "first", "fname", "givenname", "given"],
    ),
    (
        Column::FamilyName,
        &[
            "lastname",
            "last",
            "lname",
            "surname",
            "familyname",
            "family",
        ],
    ),
    (
        Column::Email,
        &["email", "emailaddress", "mail", "useremail", "mailaddress"],
    ),
    (
        Column::Groups,
        &[
            "groups",
            "group",
            "workinggroup",
            "workinggroups",
            "chapter",
            "network",
            "team",
            "teams",
            "tags",
            "tag",
            "can2usertags",
        ],
    ),
    (
        Column::Leads,
        &["leads", "leader", "leaderof", "coordinates"],
    ),
    (
        Column::Joined,
        &[
            "joined",
            "joinedon",
            "membersince",
            "datejoined",
            "created",
            "createdat",
            "acceptedat",
        ],
    ),
    (
        Column::Languages,
        &["languages", "language", "preferredlanguage", "speaks"],
    ),
    (Column::Zone, &["zone", "timezone", "tz"]),
    (
        Column::Keeps,
        &[
            "keeper",
            "keeps",
            "willingtokeep",
            "facilitator",
            "facilitates",
        ],
    ),
    (
        Column::DoNotContact,
        &[
            "donotcontact",
            "donotemail",
            "nobulkemails",
            "nobulkemailsuseroptout",
            "optout",
            "unsubscribed",
        ],
    ),
];

/// Guesses what each column holds. Each meaning is given to the first column that fits, but for
/// the flags of [`Column::DoNotContact`], which add up.
pub fn guess(headers: &[String]) -> Vec<Column> {
    let mut columns = Vec::with_capacity(headers.len());
    for header in headers {
        let plain: String = header.chars().filter(|c| c.is_alphanumeric()).collect();
        let plain = plain.to_lowercase();
        let found = HEADERS
            .iter()
            .find(|(_, names)| names.contains(&plain.as_str()))
            .map_or(Column::Other, |(column, _)| *column);
        let again = found != Column::DoNotContact && columns.contains(&found);
        columns.push(if again { Column::Other } else { found });
    }
    columns
}

/// The mark between the names in each column: the first of `;`, `|` and `,` that any cell has.
pub(super) fn separators(columns: &[Column], rows: &[(usize, Vec<String>)]) -> Vec<char> {
    let marked = |at: usize| {
        [';', '|', ',']
            .into_iter()
            .find(|mark| {
                rows.iter()
                    .any(|(_, cells)| cells.get(at).is_some_and(|c| c.contains(*mark)))
            })
            .unwrap_or(';')
    };
    (0..columns.len()).map(marked).collect()
}
