//! Who may do what: one table. The router is built from it, so a route without a policy does not
//! compile, and the test of every route in every role is made from it.

/// Who may come in at all. Whether a *thing* is theirs, the finder in its room decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// Whoever has an account and is signed in.
    Account,
    /// Whoever has a place in the movement that the address names.
    Member,
    /// A steward of that movement, for as long as they serve.
    Steward,
}

/// Whether a thing in the address must be one's own, besides [`Who`].
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// The address names no thing that must be one's own.
    Nothing,
    /// Something that waits for a while, such as a link that opens once. What is over, was never
    /// there or is another movement's is told in the same words.
    Once,
    /// A circle in which one has a seat, or stewards.
    Circle,
    /// A circle that one keeps, or stewards.
    Kept,
    /// A circle to which one has an open invitation.
    Invited,
}

/// One route and its policy.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    pub action: Action,
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    /// Whether it must have been proved within the hour who is there.
    pub fresh: bool,
    /// The finders of the rooms keep to it; the test of every route is made from it.
    #[cfg(test)]
    pub own: Own,
}

/// How it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

macro_rules! policies {
    (@ Fresh) => { true };
    ($($action:ident $method:ident $path:literal $who:ident $($own:ident)? $(+ $fresh:ident)?;)*) => {
        /// Everything that can be asked of the server.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($action),* }

        /// The table.
        pub const POLICIES: &[Policy] = &[$(Policy {
            action: Action::$action,
            method: Method::$method,
            path: $path,
            who: Who::$who,
            fresh: [$(policies!(@ $fresh),)? false][0],
            #[cfg(test)]
            own: [$(Own::$own,)? Own::Nothing][0],
        }),*];
    };
}

policies! {
    Landing           Get  "/"                                      Anyone;
    About             Get  "/about"                                 Anyone;
    Asset             Get  "/assets/{name}"                         Anyone;
    Robots            Get  "/robots.txt"                            Anyone;
    Ready             Get  "/ready"                                 Anyone;
    PolicyReport      Post "/csp"                                   Anyone;
    SignInPage        Get  "/sign-in"                               Anyone;
    SignInStart       Post "/sign-in/start"                         Anyone;
    SignIn            Post "/sign-in"                               Anyone;
    PasskeyAsk        Post "/sign-in/passkey/start"                 Anyone;
    PasskeySignIn     Post "/sign-in/passkey"                       Anyone;
    SignOut           Post "/sign-out"                              Account;
    DemoDoor          Get  "/demo/{token}"                          Anyone Once;
    OpenLink          Get  "/begin/{token}"                         Anyone Once;
    OpenLinkJoin      Post "/begin/{token}"                         Anyone Once;
    OpenLinkTake      Post "/begin/{token}/take"                    Account Once;
    Movements         Get  "/movements"                             Account;
    MovementNew       Get  "/movements/new"                         Account;
    MovementBegin     Post "/movements/new"                         Account;
    ComeBack          Post "/movements/return"                      Account;
    AccountPage       Get  "/account"                               Account;
    AccountSession    Post "/account/sessions"                      Account;
    AccountWords      Get  "/account/words"                         Account + Fresh;
    AccountWordsSave  Post "/account/words"                         Account + Fresh;
    PasskeyNew        Post "/account/passkeys/start"                Account + Fresh;
    PasskeyAdd        Post "/account/passkeys"                      Account + Fresh;
    PasskeyRemove     Post "/account/passkeys/remove"               Account + Fresh;
    PasskeyProve      Post "/prove/passkey"                         Account;
    ProvePage         Get  "/prove"                                 Account;
    Prove             Post "/prove"                                 Account;
    AccountErase      Post "/account/erase"                         Account + Fresh;

    Home              Get  "/m/{movement}"                          Member;
    ClaimPage         Get  "/m/{movement}/claim/{token}"            Anyone Once;
    ClaimJoin         Post "/m/{movement}/claim/{token}"            Anyone Once;
    ClaimTake         Post "/m/{movement}/claim/{token}/take"       Account Once;
    AnswerPage        Get  "/m/{movement}/i/{token}"                Anyone;
    Answer            Post "/m/{movement}/i/{token}"                Anyone;
    Feed              Get  "/m/{movement}/feed/{token}"             Anyone;

    MyPlace           Get  "/m/{movement}/me"                       Member;
    MyPlaceSave       Post "/m/{movement}/me"                       Member;
    MyHours           Get  "/m/{movement}/me/hours"                 Member;
    MyHoursSave       Post "/m/{movement}/me/hours"                 Member;
    MyWishes          Get  "/m/{movement}/me/wishes"                Member;
    MyWishesSave      Post "/m/{movement}/me/wishes"                Member;
    MyFeed            Get  "/m/{movement}/me/calendar"              Member;
    MyFeedRenew       Post "/m/{movement}/me/calendar"              Member;
    MyExport          Get  "/m/{movement}/me/export"                Member;
    LeavePage         Get  "/m/{movement}/me/leave"                 Member;
    Leave             Post "/m/{movement}/me/leave"                 Member;
    StepBack          Post "/m/{movement}/me/step-back"             Member;

    MovementPage      Get  "/m/{movement}/movement"                 Member;
    MovementSave      Post "/m/{movement}/movement"                 Steward;
    MovementEdit      Get  "/m/{movement}/movement/edit"            Steward;
    Help              Get  "/m/{movement}/help"                     Member;
    HelpEdit          Get  "/m/{movement}/help/edit"                Steward;
    HelpSave          Post "/m/{movement}/help/edit"                Steward;
    GroupAdd          Post "/m/{movement}/groups"                   Steward;
    GroupPage         Get  "/m/{movement}/groups/{group}"           Steward;
    GroupSave         Post "/m/{movement}/groups/{group}"           Steward;
    GroupRemove       Post "/m/{movement}/groups/{group}/remove"    Steward;
    StewardAdd        Post "/m/{movement}/stewards"                 Steward + Fresh;
    People            Get  "/m/{movement}/people"                   Steward;
    PersonNew         Get  "/m/{movement}/people/new"               Steward;
    PersonAdd         Post "/m/{movement}/people/new"               Steward;
    PersonPage        Get  "/m/{movement}/people/{person}"          Steward;
    PersonSave        Post "/m/{movement}/people/{person}"          Steward;
    PersonClaim       Post "/m/{movement}/people/{person}/claim"    Steward + Fresh;
    PersonRemove      Post "/m/{movement}/people/{person}/remove"   Steward;
    ImportPage        Get  "/m/{movement}/people/import"            Steward;
    ImportLook        Post "/m/{movement}/people/import"            Steward;
    ImportSeen        Get  "/m/{movement}/people/import/{upload}"   Steward Once;
    ImportConfirm     Post "/m/{movement}/people/import/confirm"    Steward;

    Circles           Get  "/m/{movement}/circles"                  Member;
    Propose           Post "/m/{movement}/circles/propose"          Steward;
    DraftPage         Get  "/m/{movement}/drafts/{draft}"           Steward;
    DraftSeat         Get  "/m/{movement}/drafts/{draft}/{person}"  Steward;
    DraftMove         Post "/m/{movement}/drafts/{draft}/{person}"  Steward;
    DraftDrop         Post "/m/{movement}/drafts/{draft}/drop"      Steward Once;
    DraftConfirmPage  Get  "/m/{movement}/drafts/{draft}/confirm"   Steward;
    DraftConfirm      Post "/m/{movement}/drafts/{draft}/confirm"   Steward Once;
    Invitations       Get  "/m/{movement}/invitations"              Steward;
    InvitationSheets  Get  "/m/{movement}/invitations/sheets"       Steward;
    InvitationHand    Post "/m/{movement}/invitations/sheets"       Steward;
    InvitationFile    Post "/m/{movement}/invitations/file"         Steward + Fresh;
    CirclePage        Get  "/m/{movement}/circles/{circle}"         Member Circle;
    CircleSheet       Get  "/m/{movement}/circles/{circle}/sheet"   Member Circle;
    CircleRsvp        Post "/m/{movement}/circles/{circle}/answer"  Member Invited;
    CircleLeave       Post "/m/{movement}/circles/{circle}/leave"   Member Circle;
    CircleKeep        Post "/m/{movement}/circles/{circle}/keep"    Member Circle;
    CircleFree        Post "/m/{movement}/circles/{circle}/free"    Member Kept;
    CircleEdit        Get  "/m/{movement}/circles/{circle}/edit"    Member Kept;
    CircleSave        Post "/m/{movement}/circles/{circle}/edit"    Member Kept;
    CircleEnd         Post "/m/{movement}/circles/{circle}/end"     Member Kept;
}
