extension TopicSource {
  static let billing = TopicSource(
    "billing", "Billing",
    common: """
      #tell I can see the payment on your billing page
      Billing changes show up within {n} working days
      #shared I looked at the billing page and the payment for {month} is there
      The payment of {amount} was booked on {day}
      We pay for the {company} subscription with a company payment method
      The billing period starts on the first of {month}
      Our billing contact is out of office until {day}
      The payment method on the billing page is up to date
      Please look into the billing history for {month} and {month}
      The total on the billing page does not match the payment
      I pay monthly, the amount due is {amount}
      The payment confirmation by {company} says paid in full
      My billing plan changed from monthly to yearly billing in {month}
      The billing page shows a payment of {amount} and a balance of zero
      """,
    [
      SubtopicSource(
        "billing.refund", "Double charges and refunds", .share(100), isService: true, heavyShare: 0.13,
        """
        #ask I was charged twice for the same subscription, please refund one of the charges @1
        I want a refund, the renewal was charged although I cancelled the subscription {when} @3
        Why is there a double charge of {amount} on my credit card? @1
        My refund was promised {n} weeks ago and it is still not on my bank statement @2
        There is an unknown charge of {amount} dollars on my card statement @6
        The free trial turned into a yearly charge, can I get my money back? @8
        I cancelled but I was charged again {when}, please refund it @5
        How long does a refund take to show up on a credit card? @2
        You charged the annual price instead of the monthly price, I need a refund for the difference @2
        #say The bank statement shows {amount} and {amount} on the same day
        The two charges are {n} minutes apart
        My bank says the charge is not pending any more, so it can't be reversed
        I never got a reminder before the automatic renewal
        I am about to open a chargeback with my bank
        The cancelled subscription still shows as active with auto-renew on
        The credit card is from {company} and it was not declined
        The refund was approved by somebody called {first} but no money came
        It was charged in dollars and my bank added a conversion fee
        I only wanted the free trial and forgot to cancel
        That double charge put my account at the bank into overdraft
        #say Order of events: free trial, cancelled, charged, no refund
        The statement calls it {company} {order}, I do not know that
        My {relation} has the same subscription and was charged only once
        I have a screenshot of the cancellation from {month}
        The chat agent told me the money was returned on {day}
        The charge is {amount} but the subscription costs {amount}
        It is a debit card, so the money is really gone from the account
        #next Will the refund go to the same credit card? @4
        How many days until the refund is on my statement? @2
        Can I have the money back as credit instead? @4
        Is the second charge only a pending authorisation? @1
        Does a chargeback block my subscription? @7
        Please confirm the refund amount in writing @2
        And how do I turn off the auto-renew so I am not charged again? @5
        #tell One of the two charges is a pending authorisation that your bank drops within {n} days
        I have issued a refund of {amount}, it reaches your credit card in {n} working days
        The renewal was charged because the subscription was cancelled after the renewal date
        The refund always goes back to the card that was charged
        I switched off auto-renew, so there is no further charge
        Your double charge is confirmed, the second payment is refunded in full
        If you open a chargeback, the refund has to wait until the bank decides
        Trials can be refunded within {nn} days of the first charge
        """),
      SubtopicSource(
        "billing.invoice", "Invoices and VAT", .share(86), isService: true,
        """
        #ask I need an invoice with our VAT number for the {month} payment @1
        The invoice shows the wrong company name and billing address, can you correct it? @4
        Where can I download all invoices as PDF for our accountant? @2
        Our accounting department needs a purchase order number on the invoice @5
        VAT was added although we are a business with a valid VAT ID, why? @3
        Can you send invoices to our accounts payable mailbox automatically? @6
        We need a pro forma invoice for {company} before we can pay by bank transfer @7
        The tax rate on the invoice is wrong, we are exempt from sales tax @8
        Please reissue invoice {order} with the legal name of our company @1
        #say Our accountant rejected the PDF because the VAT number is missing
        The billing address should be {nn} {surname} Street in {place}
        We are registered for VAT in Ireland, reverse charge should apply
        The purchase order is {order}, it must appear on the invoice
        The tax office asks for the original invoice, a receipt is not enough
        Our fiscal year ends in {month} and bookkeeping needs it before that
        The invoice lists {nn} seats but we only have {n} seats
        Accounts payable at {company} pays net thirty by bank transfer
        The receipt has no invoice number and no tax breakdown
        I updated the VAT ID in the tax settings but old invoices did not change
        #say The invoice for {month} is missing from the list of PDFs
        Our tax adviser {first} {surname} needs it for the VAT return
        The legal name is {company} Limited, not {company}
        The German office and the office in {place} need separate invoices
        Bookkeeping software {product} cannot read the PDF
        The invoice currency is dollars, we account in euros
        Net amount {amount}, tax zero, that can't be right
        #next Can old invoices be changed once the VAT number is stored? @1
        Does the credit note cancel the first invoice? @1
        Which bank details do we use for the transfer? @7
        Can our accountant get read-only access to the invoices? @2
        Is reverse charge printed on the PDF? @3
        Could you add a cost centre to the invoice as well? @5
        When is the next invoice issued?
        #tell I issued a credit note and a corrected invoice with your VAT number
        You can download every invoice as PDF under tax and invoices
        With a valid VAT ID the reverse charge applies and no tax is added
        The company name and billing address on new invoices come from the tax settings
        Add the purchase order number before the invoice is issued, later it needs a credit note
        Invoices can be sent to accounts payable automatically, add the mailbox as a billing contact
        A pro forma invoice is attached, it is payable by bank transfer within thirty days
        The tax rate follows the country of your billing address
        """),
    ])
}
