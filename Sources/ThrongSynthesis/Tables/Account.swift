extension TopicSource {
  static let account = TopicSource(
    "account", "Account access",
    common: """
      #planname free | pro | team
      #tell I can look into your account, but I never ask for your password or codes
      For the safety of your account I have to check a few things first
      #gadget phone | laptop | tablet | work laptop | {product} phone | old phone | {product} laptop
      #shared I have been a member since {month} and my account was never a problem
      My username is {=product}{nn} and the profile settings open fine
      Please check the account security log, there was a sign-in from {place}
      It is a {planname} account and I am the only member on it
      The security page of my account says verified
      My account settings list two devices, the {gadget} and the {gadget}
      I only want my account to be safe and private
      Your security e-mail about my account confused me
      Somebody from {place} may have had access to my account settings
      The app says session ended, please sign in to your account
      """,
    [
      SubtopicSource(
        "account.password", "Password reset", .share(136), isService: true,
        """
        #ask I forgot my password and the password reset e-mail never arrives @5
        My account is locked after too many wrong passwords, how do I unlock it? @2
        The password reset link says it has expired the moment I click it @4
        I can't log in, it keeps saying wrong password even after a password reset @3
        How do I change my password when I no longer know the old password? @5
        I requested a password reset {n} times {when} and nothing shows up in my inbox @5
        Locked account again! The login page says to wait {nn} minutes and then locks me out once more @2
        Is there a way to get a temporary password? The {thing} does not work on my {gadget} @7
        After the password reset I still can't sign in on my {gadget}, only a locked account message @3
        Please reset my password, the {thing} is broken for me @7
        #thing reset link | reset e-mail | forgot password button | password reset form | unlock link | login page
        sign-in form | recovery e-mail
        #say I already looked in the spam folder and the junk folder, no reset e-mail
        My password manager filled in the old password {n} times and now I have a locked account
        The {thing} just opens a blank login page in {product}
        It says the new password must differ from the last {n} passwords
        I typed the password very slowly, caps lock is off
        The login page says invalid credentials, then account temporarily locked
        My {relation} changed the password on our {gadget} and forgot it
        The recovery e-mail goes to an old mailbox I can't open any more
        I was logged out everywhere {when} and the saved password is rejected
        The {thing} shows a red banner saying the token was already used
        I need to log in today, my files for {company} are in there
        #say I typed the old password from memory and then the new password, both rejected
        Caps lock, keyboard layout, private window: I checked all of it before the reset
        The reset e-mail came to my {relation}, who once shared the login with me
        Support chat told me to wait for the unlock, that was {n} hours ago
        The strength meter calls my new password weak although it has {nn} characters
        {company} single sign-on asks for a password I never set
        On {product} the login page loads, on the {gadget} it loops back to the sign-in form
        #next Which characters are allowed in the new password? @6
        How long does the locked account stay locked? @2
        I clicked the {thing}, it says expired again, what now? @1
        Can you send the password reset to a different recovery address? @8
        Does a password reset log me out on my {gadget} too?
        The reset e-mail arrived just now but the link opens the sign-in form @1
        Should I clear cookies before I use the {thing}? @3
        Can you unlock the account manually so I can log in? @7
        #tell A password reset link is valid for {nn} minutes, so open only the newest reset e-mail
        A locked account opens again by itself after {nn} minutes without a wrong password
        Please clear the saved password in your browser and type the new password by hand
        Every new password reset makes the earlier link expire, which explains the message you saw
        Choose forgot password on the login page, then check the spam folder for our reset e-mail
        The new password needs twelve characters and may not repeat an old password
        I have sent another password reset link and lifted the lock on the sign-in
        If the recovery address is out of date, we can verify you another way before we unlock the login
        """),
      SubtopicSource(
        "account.twofactor", "Two-factor codes", .share(86), isService: true,
        """
        #ask I got a new phone and lost my authenticator app, how do I get past two-factor authentication? @1
        The verification code by text message never arrives @5
        My authenticator app shows a six digit code but it is always rejected @2
        I ran out of backup codes, can I generate new backup codes? @8
        How do I move two-factor authentication from one {gadget} to another? @3
        Two-factor keeps asking for a verification code on every login on my {gadget} @7
        I want to add a hardware security key besides the authenticator app @4
        The QR code for the authenticator app does not scan with my {product} camera @3
        Please turn off two-factor authentication, my {gadget} with the authenticator was stolen {when} @6
        #say The text message code arrives {nn} minutes late, when it is no longer valid
        I scanned the QR code with {product} authenticator
        I wrote the backup codes on paper and of course I lost the paper
        The six digit code changes every thirty seconds and none is accepted
        My SIM card was swapped by the carrier {when}
        The clock on my {gadget} is set by hand, maybe that matters for the one-time code
        I use the security key from {company} over USB
        The prompt says approve on your trusted device but no push notification comes
        I changed my phone number in {month}, so the SMS code goes to the old number
        The authenticator app was wiped when I restored the {gadget}
        #say Two of the backup codes were already used in {month}
        I cloned the {gadget} but the authenticator entries did not come along
        The push notification goes to a device that I sold in {place}
        The carrier in {place} blocks short codes, so no SMS verification
        Our {company} policy now forces two-factor for everybody
        The one-time code field only accepts five digits, mine has six
        A voice call with the verification code would be fine as well
        #next Where do I find the backup codes? @1
        Can I use two authenticator apps at once? @3
        Is a security key safer than SMS codes? @4
        The one-time code still fails, should I rescan the QR code? @3
        Can I mark this {gadget} as a trusted device so it stops asking for a verification code? @7
        What if the push notification never shows up?
        How many backup codes do I get? @1
        #tell Backup codes work once each, you find them under two-factor authentication, recovery
        If the six digit code is rejected, set the clock of the device to automatic time
        Scan the new QR code with the authenticator app and confirm with one verification code
        A hardware security key can be registered next to the authenticator app
        Text message codes can be delayed by the carrier, an authenticator app is more reliable
        We can switch off two-factor after an identity check, which takes {n} working days
        Mark the browser as a trusted device to be asked for a one-time code every thirty days only
        Old backup codes stop working as soon as you generate new backup codes
        """),
      SubtopicSource(
        "account.deletion", "Closing an account and exporting data", .share(86), isService: true,
        """
        #ask I want to delete my account and all personal data, how do I do that? @1
        How can I export my data before I close the account? @2
        Please erase everything you store about me under the privacy law @7
        The delete account button is greyed out, why? @8
        My data export has been preparing for {n} days and the archive never finishes @6
        Can I deactivate my profile for a while and delete it later? @5
        I asked for account deletion {when} and I still get newsletters @7
        What happens to shared projects when I delete my account? @4
        How do I download a copy of my data as an archive? @2
        #say The export archive stops at {nn} percent
        I would like a written confirmation that my personal data was erased
        I am moving everything over to {product}, so I only need the data export
        The zip archive is damaged, it can't be unpacked
        The privacy page talks about a retention period of {nn} days
        I no longer agree with the new privacy policy
        My profile picture and comments must be erased as well
        I want the export in CSV or JSON, not as a PDF archive
        The deletion request needs a reason but none of the reasons fits
        Our team owner left {company} and nobody can delete the workspace
        #say I typed DELETE into the confirmation box and nothing happened
        The data protection officer of {company} wants proof of erasure
        My old uploads from {place} should disappear from the shared folders
        There are {nn} comments by me that I want anonymised
        The export has my profile but no messages
        I never agreed to share personal data with {company}
        After deactivation my name still appears in the member list
        #next How long is the retention period after deletion? @3
        Can I undo the account deletion within the grace period? @1
        Does the data export include deleted comments? @6
        Who can still see my profile after I deactivate it? @5
        Will the backups be erased as well? @3
        Can I get the download link for the archive again? @2
        Do you share my personal data with {company} or other partners?
        #tell Account deletion is final after a grace period of {nn} days
        You can request a data export under privacy, the download link stays valid for a week
        Erasing covers your profile, comments and uploads, backups follow after the retention period
        Shared projects pass to another owner before the account deletion goes through
        Deactivating hides your profile but keeps your personal data
        The archive holds your data as JSON and CSV files, large exports come in parts
        I have noted your erasure request, the privacy team confirms it in writing
        The delete account button stays grey while you own a workspace with members
        """),
    ])
}
