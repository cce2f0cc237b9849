extension TopicSource {
  static let billing = TopicSource(
    "billing", "Billing",
    common: """
      #say It is on the billing page under {month}
      The payment went through {company} this time
      #tell I can see the payment on your billing page
      Billing changes show up within {n} working days
      """,
    [
      SubtopicSource(
        "billing.refund", "Double charges and refunds", .share(138), isService: true, heavyShare: 0.12,
        """
        #ask I was charged twice for the same subscription, please refund one of the charges
        I want a refund, the renewal was charged although I cancelled the subscription {when}
        Why is there a double charge of {amount} on my credit card?
        My refund was promised {n} weeks ago and it is still not on my bank statement
        There is an unknown charge of {amount} dollars on my card statement
        The free trial turned into a yearly charge, can I get my money back?
        I cancelled but I was charged again {when}, please refund it
        How long does a refund take to show up on a credit card?
        You charged the annual price instead of the monthly price, I need a refund for the difference
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
        #next Will the refund go to the same credit card?
        How many days until the refund is on my statement?
        Can I have the money back as credit instead?
        Is the second charge only a pending authorisation?
        Does a chargeback block my subscription?
        Please confirm the refund amount in writing
        And how do I turn off the auto-renew so I am not charged again?
        #tell One of the two charges is a pending authorisation that your bank drops within {n} days
        I have issued a refund of {amount}, it reaches your credit card in {n} working days
        The renewal was charged because the subscription was cancelled after the renewal date
        A refund always goes back to the card that was charged
        I switched off auto-renew, so there is no further charge
        Your double charge is confirmed, the second payment is refunded in full
        If you open a chargeback, the refund has to wait until the bank decides
        Trials can be refunded within {nn} days of the first charge
        """),
      SubtopicSource(
        "billing.invoice", "Invoices and VAT", .share(92), isService: true,
        """
        #ask I need an invoice with our VAT number for the {month} payment
        The invoice shows the wrong company name and billing address, can you correct it?
        Where can I download all invoices as PDF for our accountant?
        Our accounting department needs a purchase order number on the invoice
        VAT was added although we are a business with a valid VAT ID, why?
        Can you send invoices to our accounts payable mailbox automatically?
        We need a pro forma invoice for {company} before we can pay by bank transfer
        The tax rate on the invoice is wrong, we are exempt from sales tax
        Please reissue invoice {order} with the legal name of our company
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
        #next Can old invoices be changed once the VAT number is stored?
        Does the credit note cancel the first invoice?
        Which bank details do we use for the transfer?
        Can our accountant get read-only access to the invoices?
        Is reverse charge printed on the PDF?
        Could you add a cost centre to the invoice as well?
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
