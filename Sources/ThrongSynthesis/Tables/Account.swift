extension TopicSource {
  static let account = TopicSource(
    "account", "Account access",
    common: """
      #say It is my own account, I opened it in {month}
      I am signed in as {=product}{nn} on this account
      My account settings page looks normal otherwise
      The account is on the {planname} plan
      #planname free | pro | team
      #tell I can look into your account, but I never ask for your password or codes
      For the safety of your account I have to check a few things first
      #gadget phone | laptop | tablet | work laptop | {product} phone | old phone | {product} laptop
      """,
    [
      SubtopicSource(
        "account.password", "Password reset", .share(172), isService: true,
        """
        #ask I forgot my password and the password reset e-mail never arrives
        My account is locked after too many wrong passwords, how do I unlock it?
        The password reset link says it has expired the moment I click it
        I can't log in, it keeps saying wrong password even after a password reset
        How do I change my password when I no longer know the old password?
        I requested a password reset {n} times {when} and nothing shows up in my inbox
        Locked account again! The login page says to wait {nn} minutes and then locks me out once more
        Is there a way to get a temporary password? The {thing} does not work on my {gadget}
        After the password reset I still can't sign in on my {gadget}, only a locked account message
        Please reset my password, the {thing} is broken for me
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
        #next Which characters are allowed in the new password?
        How long does the locked account stay locked?
        I clicked the {thing}, it says expired again, what now?
        Can you send the password reset to a different recovery address?
        Does a password reset log me out on my {gadget} too?
        The reset e-mail arrived just now but the link opens the sign-in form
        Should I clear cookies before I use the {thing}?
        Can you unlock the account manually so I can log in?
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
        "account.twofactor", "Two-factor codes", .share(104), isService: true,
        """
        #ask I got a new phone and lost my authenticator app, how do I get past two-factor authentication?
        The verification code by text message never arrives
        My authenticator app shows a six digit code but it is always rejected
        I ran out of backup codes, can I generate new backup codes?
        How do I move two-factor authentication from one {gadget} to another?
        Two-factor keeps asking for a verification code on every login on my {gadget}
        I want to add a hardware security key besides the authenticator app
        The QR code for the authenticator app does not scan with my {product} camera
        Please turn off two-factor authentication, my {gadget} with the authenticator was stolen {when}
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
        #next Where do I find the backup codes?
        Can I use two authenticator apps at once?
        Is a security key safer than SMS codes?
        The one-time code still fails, should I rescan the QR code?
        Can I mark this {gadget} as a trusted device so it stops asking for a verification code?
        What if the push notification never shows up?
        How many backup codes do I get?
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
        "account.deletion", "Closing an account and exporting data", .share(82), isService: true,
        """
        #ask I want to delete my account and all personal data, how do I do that?
        How can I export my data before I close the account?
        Please erase everything you store about me under the privacy law
        The delete account button is greyed out, why?
        My data export has been preparing for {n} days and the archive never finishes
        Can I deactivate my profile for a while and delete it later?
        I asked for account deletion {when} and I still get newsletters
        What happens to shared projects when I delete my account?
        How do I download a copy of my data as an archive?
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
        #next How long is the retention period after deletion?
        Can I undo the account deletion within the grace period?
        Does the data export include deleted comments?
        Who can still see my profile after I deactivate it?
        Will the backups be erased as well?
        Can I get the download link for the archive again?
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
