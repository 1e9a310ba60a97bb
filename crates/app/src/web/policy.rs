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
    /// A circle in which one has a seat; stewards of it have none by that.
    Seated,
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

impl Policy {
    /// Whether it can be asked while the movement is locked: only what the lock itself needs.
    pub fn is_of_the_lock(&self) -> bool {
        matches!(
            self.action,
            Action::LockPage | Action::LockBegin | Action::LockKeep | Action::LockOpen
        )
    }
}

/// How it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

impl Policy {
    /// Whether a form is taken from anywhere: a browser's report, and the button in a mail program
    /// that stops letters, whose secret link is the proof.
    pub fn is_open_to_others(&self) -> bool {
        matches!(self.action, Action::PolicyReport | Action::Stop)
    }
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
    AskingBack        Post "/movements/asking"                      Account;
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

    Vault             Get  "/vault"                                 Anyone;
    VaultWorker       Get  "/vault/worker.js"                       Anyone;
    VaultState        Get  "/api/vault"                             Account;
    VaultBegin        Post "/api/vault/begin"                       Account;
    VaultOpen         Post "/api/vault/open"                        Account;
    VaultLock         Post "/api/vault/lock"                        Account;
    VaultKeyring      Post "/api/vault/keyring"                     Account;
    VaultWords        Post "/api/vault/words"                       Account;
    VaultPasskeyAdd   Post "/api/vault/passkeys"                    Account;
    VaultPasskeyDrop  Post "/api/vault/passkeys/remove"             Account;
    VaultIndex        Get  "/api/vault/pieces"                      Account;
    VaultRead         Post "/api/vault/pieces/read"                 Account;
    VaultSave         Post "/api/vault/pieces"                      Account;
    VaultDestroy      Post "/api/vault/pieces/destroy"              Account;
    VaultEnd          Post "/api/vault/end"                         Account;

    Home              Get  "/m/{movement}"                          Member;
    ClaimPage         Get  "/m/{movement}/claim/{token}"            Anyone Once;
    ClaimJoin         Post "/m/{movement}/claim/{token}"            Anyone Once;
    ClaimTake         Post "/m/{movement}/claim/{token}/take"       Account Once;
    JoinPage          Get  "/m/{movement}/join/{token}"             Anyone Once;
    JoinAsk           Post "/m/{movement}/join/{token}"             Anyone Once;
    JoinTake          Post "/m/{movement}/join/{token}/take"        Account Once;
    AnswerPage        Get  "/m/{movement}/i/{token}"                Anyone;
    Answer            Post "/m/{movement}/i/{token}"                Anyone;
    StopPage          Get  "/m/{movement}/letters/{token}"          Anyone;
    Stop              Post "/m/{movement}/letters/{token}"          Anyone;
    Feed              Get  "/m/{movement}/feed/{token}"             Anyone;

    MyPlace           Get  "/m/{movement}/me"                       Member;
    MyPlaceSave       Post "/m/{movement}/me"                       Member;
    MyAge             Post "/m/{movement}/me/age"                   Member;
    MyHours           Get  "/m/{movement}/me/hours"                 Member;
    MyHoursSave       Post "/m/{movement}/me/hours"                 Member;
    MyWishes          Get  "/m/{movement}/me/wishes"                Member;
    MyWishesSave      Post "/m/{movement}/me/wishes"                Member;
    MyFeed            Get  "/m/{movement}/me/calendar"              Member;
    MyFeedRenew       Post "/m/{movement}/me/calendar"              Member;
    MyExport          Get  "/m/{movement}/me/export"                Member + Fresh;
    MyLetters         Get  "/m/{movement}/me/letters"               Member;
    MyLettersSave     Post "/m/{movement}/me/letters"               Member;
    LeavePage         Get  "/m/{movement}/me/leave"                 Member;
    Leave             Post "/m/{movement}/me/leave"                 Member;
    StepBack          Post "/m/{movement}/me/step-back"             Member;

    MovementPage      Get  "/m/{movement}/movement"                 Member;
    MovementSave      Post "/m/{movement}/movement"                 Steward;
    MovementEdit      Get  "/m/{movement}/movement/edit"            Steward;
    Safeguarding      Get  "/m/{movement}/safeguarding"             Member;
    SafeguardingEdit  Get  "/m/{movement}/safeguarding/edit"        Steward + Fresh;
    SafeguardingSave  Post "/m/{movement}/safeguarding/edit"        Steward + Fresh;
    SafeguardingOff   Post "/m/{movement}/safeguarding/off"         Steward + Fresh;
    SafeguardingLead  Post "/m/{movement}/safeguarding/lead"        Member;
    LockPage          Get  "/m/{movement}/lock"                     Steward;
    LockBegin         Post "/m/{movement}/lock/begin"               Steward + Fresh;
    LockKeep          Post "/m/{movement}/lock/keep"                Steward + Fresh;
    LockOpen          Post "/m/{movement}/lock/open"                Steward + Fresh;
    Wave              Get  "/m/{movement}/wave"                     Steward;
    WaveSave          Post "/m/{movement}/wave"                     Steward;
    Help              Get  "/m/{movement}/help"                     Member;
    HelpEdit          Get  "/m/{movement}/help/edit"                Steward + Fresh;
    HelpSave          Post "/m/{movement}/help/edit"                Steward + Fresh;
    GroupAdd          Post "/m/{movement}/groups"                   Steward;
    GroupPage         Get  "/m/{movement}/groups/{group}"           Steward;
    GroupSave         Post "/m/{movement}/groups/{group}"           Steward;
    GroupRemove       Post "/m/{movement}/groups/{group}/remove"    Steward + Fresh;
    StewardAdd        Post "/m/{movement}/stewards"                 Steward + Fresh;
    People            Get  "/m/{movement}/people"                   Steward;
    PersonNew         Get  "/m/{movement}/people/new"               Steward;
    PersonAdd         Post "/m/{movement}/people/new"               Steward;
    PersonPage        Get  "/m/{movement}/people/{person}"          Steward;
    PersonSave        Post "/m/{movement}/people/{person}"          Steward;
    PersonClaim       Post "/m/{movement}/people/{person}/claim"    Steward + Fresh;
    PersonRemove      Post "/m/{movement}/people/{person}/remove"   Steward + Fresh;
    Joining           Get  "/m/{movement}/joining"                  Steward;
    JoiningOpen       Post "/m/{movement}/joining/open"             Steward + Fresh;
    JoiningEnd        Post "/m/{movement}/joining/end"              Steward;
    JoiningSheet      Get  "/m/{movement}/joining/sheet"            Steward;
    AskingYes         Post "/m/{movement}/joining/yes"              Steward + Fresh;
    AskingNo          Post "/m/{movement}/joining/no"               Steward + Fresh;
    ImportPage        Get  "/m/{movement}/people/import"            Steward + Fresh;
    ImportLook        Post "/m/{movement}/people/import"            Steward;
    ImportSeen        Get  "/m/{movement}/people/import/{upload}"   Steward Once;
    ImportConfirm     Post "/m/{movement}/people/import/confirm"    Steward + Fresh;

    Steps             Get  "/m/{movement}/steps"                    Member;
    StepOwn           Post "/m/{movement}/steps"                    Member;
    StepPage          Get  "/m/{movement}/steps/{step}"             Member;
    StepReady         Post "/m/{movement}/steps/ready"              Member;
    Words             Get  "/m/{movement}/steps/{step}/words"       Steward;
    WordsRestart      Post "/m/{movement}/steps/{step}/words/restart" Steward;
    Wording           Get  "/m/{movement}/steps/{step}/words/{text}" Steward;
    WordingSave       Post "/m/{movement}/steps/{step}/words/{text}" Steward;
    WordingBack       Post "/m/{movement}/steps/{step}/words/{text}/back" Steward;
    Practices         Get  "/m/{movement}/practices"                Member;
    PracticePage      Get  "/m/{movement}/practices/{practice}"     Member;
    Asks              Get  "/m/{movement}/asks"                     Member;
    AskMake           Post "/m/{movement}/asks"                     Member;
    AskAnswer         Post "/m/{movement}/asks/{ask}/answer"        Member Once;
    AskEnd            Post "/m/{movement}/asks/{ask}/end"           Member Once;
    Commitments       Get  "/m/{movement}/commitments"              Member;
    CommitmentMake    Post "/m/{movement}/commitments"              Member;
    CommitmentShow    Post "/m/{movement}/commitments/{commitment}/show" Member Once;
    CommitmentRelease Post "/m/{movement}/commitments/{commitment}/release" Member Once;
    Care              Get  "/m/{movement}/care"                     Member;
    CareSave          Post "/m/{movement}/care"                     Member;
    ImportForget      Post "/m/{movement}/people/import/forget"     Steward;
    ImportColumns     Post "/m/{movement}/people/import/{upload}/columns" Steward Once;

    Circles           Get  "/m/{movement}/circles"                  Member;
    Propose           Post "/m/{movement}/circles/propose"          Steward;
    CircleStart       Get  "/m/{movement}/circles/start"            Steward;
    CircleStartMake   Post "/m/{movement}/circles/start"            Steward;
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
    Mail              Get  "/m/{movement}/mail"                     Steward;
    MailTest          Post "/m/{movement}/mail/test"                Steward;
    MailAgain         Post "/m/{movement}/mail"                     Steward;
    CirclePage        Get  "/m/{movement}/circles/{circle}"         Member Circle;
    CircleRsvp        Post "/m/{movement}/circles/{circle}/answer"  Member Invited;
    CircleLeave       Post "/m/{movement}/circles/{circle}/leave"   Member Circle;
    CircleKeep        Post "/m/{movement}/circles/{circle}/keep"    Member Circle;
    CircleFree        Post "/m/{movement}/circles/{circle}/free"    Member Kept;
    Offers            Get  "/m/{movement}/circles/{circle}/offers"  Member Kept;
    OfferMake         Post "/m/{movement}/circles/{circle}/offers"  Member Kept;
    OfferBack         Post "/m/{movement}/circles/{circle}/offers/back" Member Kept;
    CircleCall        Post "/m/{movement}/circles/{circle}/call"    Member Circle;
    CallDone          Post "/m/{movement}/calls/done"               Member;
    CircleEdit        Get  "/m/{movement}/circles/{circle}/edit"    Member Kept;
    CircleSave        Post "/m/{movement}/circles/{circle}/edit"    Member Kept;
    CircleEnd         Post "/m/{movement}/circles/{circle}/end"     Member Kept;
    CircleShared      Get  "/m/{movement}/circles/{circle}/shared"  Member Circle;
    CircleSource      Post "/m/{movement}/circles/{circle}/source"  Member Kept;
    CircleStep        Get  "/m/{movement}/circles/{circle}/steps/{step}" Member Circle;
    CircleWords       Get  "/m/{movement}/circles/{circle}/steps/{step}/words" Member Kept;
    CircleWordsRestart Post "/m/{movement}/circles/{circle}/steps/{step}/words/restart" Member Kept;
    CircleWording     Get  "/m/{movement}/circles/{circle}/steps/{step}/words/{text}" Member Kept;
    CircleWordingSave Post "/m/{movement}/circles/{circle}/steps/{step}/words/{text}" Member Kept;
    CircleWordingBack Post "/m/{movement}/circles/{circle}/steps/{step}/words/{text}/back" Member Kept;
    Meetings          Get  "/m/{movement}/circles/{circle}/meetings"            Member Circle;
    MeetingPage       Get  "/m/{movement}/circles/{circle}/meetings/{day}"      Member Circle;
    MeetingMove       Post "/m/{movement}/circles/{circle}/meetings/{day}/move" Member Kept;
    MeetingSkip       Post "/m/{movement}/circles/{circle}/meetings/{day}/skip" Member Kept;
    MeetingUndo       Post "/m/{movement}/circles/{circle}/meetings/{day}/undo" Member Kept;
    MeetingStep       Post "/m/{movement}/circles/{circle}/meetings/{day}/step" Member Kept;
    SeriesEnd         Post "/m/{movement}/circles/{circle}/meetings/{day}/end"  Member Kept;
    MeetingKeeping    Post "/m/{movement}/circles/{circle}/meetings/{day}/keeping" Member Circle;
    StandIn           Get  "/m/{movement}/circles/{circle}/meetings/{day}/stand-in" Member Once;
    StandInSay        Post "/m/{movement}/circles/{circle}/meetings/{day}/stand-in" Member Once;
    Rota              Post "/m/{movement}/circles/{circle}/rota"                Member Kept;
    Agreements        Get  "/m/{movement}/circles/{circle}/agreements"          Member Circle;
    AgreementsSave    Post "/m/{movement}/circles/{circle}/agreements"          Member Kept;
    AgreementsConsent Post "/m/{movement}/circles/{circle}/agreements/consent"  Member Circle;
    Inventories       Get  "/m/{movement}/circles/{circle}/inventory"                    Member Seated;
    Inventory         Get  "/m/{movement}/circles/{circle}/inventory/{quarter}"          Member Seated;
    InventorySave     Post "/m/{movement}/circles/{circle}/inventory/{quarter}"          Member Seated;
    InventoryDestroy  Post "/m/{movement}/circles/{circle}/inventory/{quarter}/destroy"  Member Seated;
    CircleJoin        Post "/m/{movement}/circles/{circle}/join"                Member;
    Pack              Get  "/m/{movement}/circles/{circle}/pack"    Member Circle;
    PackPdf           Get  "/m/{movement}/circles/{circle}/pack.pdf" Member Circle;
    Live              Get  "/m/{movement}/circles/{circle}/live"    Member Seated;
    LiveDeed          Post "/m/{movement}/circles/{circle}/live"    Member Seated;
    LiveFollow        Get  "/m/{movement}/circles/{circle}/live/follow" Member Seated;
    LiveKeep          Post "/m/{movement}/circles/{circle}/live/kept" Member Seated;
    HeldList          Get  "/m/{movement}/circles/{circle}/held"    Member Seated;
    LiveAsk           Post "/m/{movement}/circles/{circle}/live/asks" Member Seated;
}
