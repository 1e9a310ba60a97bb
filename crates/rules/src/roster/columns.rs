//! What the columns of a roster hold, guessed from their headers.

use crate::movement::folded;

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
    /// Whether the list they come from still writes to them.
    Subscribed,
    /// Something that Mend does not keep.
    Other,
}

impl Column {
    /// Every meaning, in the order in which they are offered.
    pub const ALL: [Self; 14] = [
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::Email,
        Self::ExternalId,
        Self::Groups,
        Self::Leads,
        Self::Joined,
        Self::Languages,
        Self::Zone,
        Self::Keeps,
        Self::DoNotContact,
        Self::Subscribed,
        Self::Other,
    ];

    /// The word by which it is kept and sent.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::GivenName => "given",
            Self::FamilyName => "family",
            Self::Email => "email",
            Self::ExternalId => "id",
            Self::Groups => "groups",
            Self::Leads => "leads",
            Self::Joined => "joined",
            Self::Languages => "languages",
            Self::Zone => "zone",
            Self::Keeps => "keeps",
            Self::DoNotContact => "quiet",
            Self::Subscribed => "subscribed",
            Self::Other => "other",
        }
    }

    /// The meaning of a word; `None` when it is no word of ours.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.word() == word)
    }
}

const HEADERS: [(Column, &[&str]); 13] = [
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
            "nome",
            "nombre",
            "nom",
            "naam",
            "namn",
            "nombreyapellido",
            "nomecompleto",
        ],
    ),
    (
        Column::GivenName,
        &[
            "firstname",
            "first",
            "fname",
            "givenname",
            "given",
            "vorname",
            "voornaam",
            "prénom",
            "prenom",
            "förnamn",
            "fornavn",
            "primeironome",
        ],
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
            "nachname",
            "achternaam",
            "apellido",
            "apellidos",
            "nomdefamille",
            "sobrenome",
            "apelido",
            "efternamn",
            "etternavn",
        ],
    ),
    (
        Column::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "useremail",
            "mailaddress",
            "emailadresse",
            "correo",
            "correoelectrónico",
            "epost",
            "primaryemail",
        ],
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
            "arbeitsgruppe",
            "grupo",
            "groupe",
            "groep",
        ],
    ),
    (
        Column::Leads,
        &[
            "leads",
            "leader",
            "leaderof",
            "coordinates",
            "coordinatorof",
        ],
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
            "donotphone",
            "donotmail",
            "donotsms",
            "donottrade",
            "donotcall",
            "useroptout",
        ],
    ),
    (
        Column::Subscribed,
        &[
            "can2subscriptionstatus",
            "subscriptionstatus",
            "subscribed",
            "emailstatus",
        ],
    ),
];

/// A header as it is compared: small letters and digits, without what stands in brackets at its
/// end, such as the kind of place in "Email (Main)".
fn compared(header: &str) -> String {
    let open = header.find('(').filter(|at| *at > 0);
    let header = &header[..open.unwrap_or(header.len())];
    let plain = header.chars().filter(|c| c.is_alphanumeric());
    let plain: String = plain.flat_map(char::to_lowercase).collect();
    plain.strip_suffix('1').unwrap_or(&plain).to_owned()
}

/// What lists with the same columns have in common, whatever the people in them are called.
pub fn shape(headers: &[String]) -> String {
    let plain: Vec<String> = headers.iter().map(|header| folded(header)).collect();
    plain.join("\u{1f}")
}

/// Guesses what each column holds. Each meaning is given to the first column that fits, but for
/// addresses, of which the first that is not empty counts, and for the flags of
/// [`Column::DoNotContact`], which add up.
pub fn guess(headers: &[String]) -> Vec<Column> {
    let mut columns = Vec::with_capacity(headers.len());
    for header in headers {
        let plain = compared(header);
        let found = HEADERS
            .iter()
            .find(|(_, names)| names.contains(&plain.as_str()))
            .map_or(Column::Other, |(column, _)| *column);
        let often = matches!(found, Column::DoNotContact | Column::Email);
        let again = !often && columns.contains(&found);
        columns.push(if again { Column::Other } else { found });
    }
    columns
}

/// The signs that stand between names in the cells of each column.
#[derive(Debug, Default)]
pub struct Marks(Vec<[bool; 3]>);

impl Marks {
    const SIGNS: [char; 3] = [';', '|', ','];

    /// Looks at the cells of a row.
    pub fn see(&mut self, cells: &[String]) {
        if self.0.len() < cells.len() {
            self.0.resize(cells.len(), [false; 3]);
        }
        for (seen, cell) in self.0.iter_mut().zip(cells) {
            for (seen, sign) in seen.iter_mut().zip(Self::SIGNS) {
                *seen |= cell.contains(sign);
            }
        }
    }

    /// The sign for each of so many columns: the first of `;`, `|` and `,` that any cell has.
    pub fn chosen(&self, columns: usize) -> Vec<char> {
        let sign = |at: usize| {
            let seen = self.0.get(at)?.iter().position(|seen| *seen)?;
            Some(Self::SIGNS[seen])
        };
        (0..columns).map(|at| sign(at).unwrap_or(';')).collect()
    }
}
